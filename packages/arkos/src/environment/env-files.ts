/** The env files an Arkos release reads, and what the ones in the snapshot say (FACTS §1.6). */
import { ReadError } from '@bulwark/model';
import type { Place, Snapshot } from '@bulwark/model';
import { parse } from 'dotenv';
import { expand } from 'dotenv-expand';
import type { Command, EnvFilesBehaviour } from '../generations/behaviour.ts';
import { inFolder } from '../version/folders.ts';

/** The names of environments that 1.0 has a file for. */
const NAMED_IN_1_0 = new Set(['production', 'staging', 'development', 'local', 'test', 'qa']);

/** The names of the env files read, in the order they apply: later ones win. */
export function envFileNames(
  behaviour: EnvFilesBehaviour,
  command: Command,
  nodeEnv: string,
): readonly string[] {
  const ofMode = nodeEnv === '' ? [] : [`.env.${nodeEnv}`, `.env.${nodeEnv}.local`];
  switch (behaviour.order) {
    case 'one':
      return [NAMED_IN_1_0.has(nodeEnv) ? `.env.${nodeEnv}` : '.env'];
    case 'env-last':
      return withoutLocal(['.env.defaults', ...ofMode, '.env.local', '.env'], behaviour, command);
    case 'local-last':
      return withoutLocal(['.env', '.env.local', ...ofMode], behaviour, command);
  }
}

function withoutLocal(
  names: readonly string[],
  { startSkipsLocal }: EnvFilesBehaviour,
  command: Command,
): readonly string[] {
  return command === 'start' && startSkipsLocal ? names.filter((name) => !name.endsWith('.local')) : names;
}

export interface EnvVariable {
  readonly value: string;
  /** The line that sets it. */
  readonly place: Place;
}

/**
 * The variables that the env files in the snapshot set, the last file winning.
 * @throws ReadError if a file cannot be read.
 */
export async function readEnvFiles(
  snapshot: Snapshot,
  folder: string,
  names: readonly string[],
  behaviour: EnvFilesBehaviour,
): Promise<ReadonlyMap<string, EnvVariable>> {
  const values: Record<string, string> = {};
  const places = new Map<string, Place>();
  for (const name of names) {
    const path = inFolder(folder, name);
    const file = snapshot.file(path);
    if (!file || (file.mode !== '100644' && file.mode !== '100755')) continue;
    const text = new TextDecoder().decode(await snapshot.read(file));
    for (const [variable, value] of Object.entries(parse(text))) {
      values[variable] = value;
      places.set(variable, placeOf(text, variable, path));
    }
  }
  if (behaviour.expand) expandAmong(values);
  return new Map([...places].map(([variable, place]) => [variable, { value: values[variable]!, place }]));
}

/** `${A}`, `$A` and `${A:-x}`, resolved among the files only, as Arkos does. */
function expandAmong(values: Record<string, string>): void {
  const { error } = expand({ parsed: values, processEnv: {} });
  if (error) throw new ReadError('.env', error.message, { cause: error });
}

/** dotenv tells no lines: the last line that assigns the variable is the one that counts. */
function placeOf(text: string, variable: string, path: string): Place {
  const lines = text.split('\n');
  const escaped = variable.replaceAll('.', String.raw`\.`);
  const assigns = new RegExp(`^\\s*(?:export\\s+)?${escaped}\\s*[=:]`);
  const index = lines.findLastIndex((line) => assigns.test(line));
  const line = Math.max(index, 0) + 1;
  const end = (lines[line - 1]?.replace(/\r$/, '').length ?? 0) + 1;
  return { path, line, column: 1, endLine: line, endColumn: end };
}
