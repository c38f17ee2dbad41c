/** Options of `arkos.init(...)` that nothing reads since the config file came (FACTS §1.1). */
import { isObject } from '@bulwark/model';
import type { ConfigProblem, WrittenKey } from '@bulwark/model';
import type { Environment } from '../environment/mode-environment.ts';
import { evaluateModule } from '../evaluate-module.ts';
import type { Behaviour } from '../generations/behaviour.ts';
import { behaviourOf } from '../generations/index.ts';
import type { Trace } from '../record-lookups.ts';
import { initFileOf } from './config-file.ts';
import { initCall } from './init-call.ts';
import type { ConfigSources } from './read-config.ts';
import { writtenKeys } from './written-keys.ts';

export interface Leftovers {
  readonly keys: readonly WrittenKey[];
  readonly configProblems: readonly ConfigProblem[];
  readonly traces: readonly Partial<Trace>[];
}

const NONE: Leftovers = { keys: [], configProblems: [], traces: [] };

/** What 1.4 and 1.5 still take from `init`. */
const STILL_READ = new Set(['use', 'configureApp', 'configureServer']);

export async function leftoverInit(
  behaviour: Behaviour,
  { snapshot, evaluations }: ConfigSources,
  folder: string,
  environment: Environment,
): Promise<Leftovers> {
  const entry = behaviour.carrier === 'init' ? null : initFileOf(snapshot, folder);
  const file = entry === null ? undefined : snapshot.file(entry);
  if (entry === null || !file) return NONE;
  // Reading an app's whole source is dear: only where there is such a call at all.
  if (!/\binit\s*\(/.test(new TextDecoder().decode(await snapshot.read(file)))) return NONE;
  const { foreignCalls, trace } = await evaluateModule(evaluations, entry, environment.variables);
  const call = initCall(foreignCalls);
  if (call?.options.kind !== 'known' || !isObject(call.options.value)) return { ...NONE, traces: [trace] };
  const keys = writtenKeys(call.options, behaviourOf('1.3.10'))
    .filter(({ path }) => behaviour.carrier === 'define-config' || !STILL_READ.has(path))
    .map((key) => leftover(key, behaviour));
  return { keys, configProblems: keys.length > 0 ? [deadOptions(keys, behaviour)] : [], traces: [trace] };
}

function leftover({ path, place }: WrittenKey, behaviour: Behaviour): WrittenKey {
  const instead = movedTo(path, behaviour);
  return {
    path: `arkos.init().${path}`,
    place,
    status: instead === null ? 'unread' : 'renamed',
    instead,
    why: `since Arkos 1.4 configuration is read from the config file, and Arkos ${behaviour.generation} does not merge the two`,
  };
}

/** Where a key of 1.3 belongs now: its own name in the config file, or the one it was renamed to. */
function movedTo(path: string, { dead, keys }: Behaviour): string | null {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const prefix = parts.slice(0, length).join('.');
    const moved = Object.hasOwn(dead, prefix) ? dead[prefix] : undefined;
    if (moved) return moved.instead === null ? null : [moved.instead, ...parts.slice(length)].join('.');
  }
  const isRead = keys.some(
    (key) => key === path || (key.endsWith('.*') && path.startsWith(key.slice(0, -2))),
  );
  return isRead ? `${path} in the config file` : null;
}

function deadOptions(keys: readonly WrittenKey[], { generation }: Behaviour): ConfigProblem {
  const names = keys.map(({ path }) => path.slice('arkos.init().'.length)).join(', ');
  return {
    id: 'dead-options',
    effect: 'nothing',
    message: `Arkos ${generation} ignores these options of arkos.init(...): ${names}; move them to the config file`,
    place: keys[0]!.place,
  };
}
