/** The evaluator as the rest of this package asks it: modules by path, under one environment. */
import { evaluate } from '@bulwark/evaluator';
import type { Evaluation, Loader } from '@bulwark/evaluator';
import { openEvaluations } from './evaluations.ts';
import type { Evaluations, Variables } from './evaluations.ts';
import type { Trace } from './record-lookups.ts';
import type { Evaluating } from './routes/evaluate-export.ts';

export async function evaluateModule(
  evaluations: Evaluations,
  path: string,
  variables: Variables,
): Promise<Evaluation> {
  return evaluations.once('module', path, variables, (graph) =>
    evaluate(graph, { env: { variables, others: 'unknown' } }),
  );
}

/** An {@link Evaluating} that remembers what its answers rest on. */
export function evaluatingUnder(
  loader: Loader,
  variables: Variables,
  evaluations: Evaluations = openEvaluations(loader),
): Evaluating & { readonly traces: readonly Partial<Trace>[] } {
  const known = new Map<string, Promise<Evaluation>>();
  const traces: Partial<Trace>[] = [];
  return {
    traces,
    async evaluate(path) {
      let evaluation = known.get(path);
      if (!evaluation) {
        evaluation = evaluateModule(evaluations, path, variables);
        known.set(path, evaluation);
        traces.push((await evaluation).trace);
      }
      const { exports, foreignCalls } = await evaluation;
      return { exports, calls: foreignCalls };
    },
  };
}
