import { at } from '@bulwark/model';
import type { Value } from '@bulwark/model';
import { createLoader, evaluate } from '../src/index.ts';
import type { Environment, EvaluateOptions, Evaluation } from '../src/index.ts';
import { memorySnapshot } from './memory-snapshot.ts';

export const DEVELOPMENT: Environment = { variables: { NODE_ENV: 'development' }, others: 'unknown' };
export const PRODUCTION: Environment = { variables: { NODE_ENV: 'production' }, others: 'unknown' };

/** Evaluates `main.ts` (or the first file) among some files. */
export async function evaluateFiles(
  files: Readonly<Record<string, string>>,
  options: Partial<EvaluateOptions> & { entry?: string } = {},
): Promise<Evaluation> {
  const { entry = Object.keys(files)[0]!, ...rest } = options;
  const graph = await createLoader(memorySnapshot(files)).load(entry);
  return evaluate(graph, { env: DEVELOPMENT, ...rest });
}

/** The default export of one file. */
export async function evaluateSource(
  source: string,
  options: Partial<EvaluateOptions> & { path?: string } = {},
): Promise<Value> {
  const { path = 'main.ts', ...rest } = options;
  return at((await evaluateFiles({ [path]: source }, rest)).exports, 'default');
}
