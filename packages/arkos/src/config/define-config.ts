/** What `defineConfig` does to a configuration, and what becomes of one that did not go through it (FACTS §1.1). */
import type { Teachings } from '@bulwark/evaluator';
import { known, placeOf, startOf } from '@bulwark/model';
import type { ConfigProblem, Foreign, Place, Value } from '@bulwark/model';
import type { Behaviour } from '../generations/behaviour.ts';
import { hasKey, mapOutcomes, objectOf } from '../values.ts';
import type { Leaf } from '../values.ts';

export interface DefineConfig {
  /** For the evaluator. */
  readonly teachings: Teachings;
  /** A default export as it was written, and what is wrong with how it got there. */
  unwrap(
    exported: Value,
    path: string,
    behaviour: Behaviour,
  ): { readonly config: Value; readonly configProblems: readonly ConfigProblem[] };
}

/** An ordinary property, so a configuration that is spread into another object still has it. */
const MARKER = '__loader';

export function watchDefineConfig(): DefineConfig {
  const calls: { readonly module: string; readonly place: Place }[] = [];
  const define = (module: string, args: readonly Value[], place: Place): Value => {
    calls.push({ module, place });
    return marked(args[0], place);
  };
  return {
    teachings: {
      'arkos/config#defineConfig': ({ args, place }) => define('arkos/config', args, place),
      'arkos#defineConfig': ({ args, place }) => define('arkos', args, place),
    },
    unwrap(exported, path, behaviour) {
      const wrapped = mapOutcomes(exported, (leaf) => {
        const call = namespaceCall(leaf);
        return call ? define(call.module, call.args, call.place) : leaf;
      });
      return {
        config: mapOutcomes(wrapped, withoutMarker),
        configProblems: [...wrongImports(calls, behaviour), ...notWrapped(wrapped, behaviour, path)],
      };
    },
  };
}

function marked(given: Value | undefined, place: Place): Value {
  const from = { kind: 'place', place } as const;
  return mapOutcomes(given ?? known({ type: 'object', entries: {} }, from), (leaf) => {
    const object = objectOf(leaf);
    if (!object || leaf.kind !== 'known') return leaf;
    const marker = { value: known('defineConfig', from) };
    return { ...leaf, value: { ...object, entries: { ...object.entries, [MARKER]: marker } } };
  });
}

/** `config.defineConfig({…})` on a namespace or on what `require` gave, which no teaching is asked for. */
function namespaceCall(
  leaf: Leaf,
): { readonly module: string; readonly args: readonly Value[]; readonly place: Place } | null {
  const foreign: Foreign | undefined = leaf.kind === 'unknown' ? leaf.foreign : undefined;
  if (foreign?.module !== 'arkos/config' && foreign?.module !== 'arkos') return null;
  const [get, call, ...more] = foreign.steps.slice(foreign.name === 'defineConfig' ? -1 : -2);
  const last = foreign.name === 'defineConfig' ? get : call;
  const isDefine =
    foreign.name === 'defineConfig' || (get !== undefined && 'get' in get && get.get === 'defineConfig');
  if (!isDefine || more.length > 0 || last === undefined || !('call' in last)) return null;
  return { module: foreign.module, args: last.call, place: last.place };
}

function withoutMarker(leaf: Leaf): Value {
  const object = objectOf(leaf);
  if (!object || leaf.kind !== 'known') return leaf;
  const { [MARKER]: _marker, ...entries } = object.entries;
  return { ...leaf, value: { ...object, entries } };
}

/**
 * From a module that does not export it. The configuration counts as written nevertheless: what was meant is
 * plain, and one finding is enough.
 */
function wrongImports(
  calls: readonly { readonly module: string; readonly place: Place }[],
  { carrier, generation }: Behaviour,
): ConfigProblem[] {
  const isTooEarly = carrier !== 'define-config';
  const wrong = calls.find(({ module }) => isTooEarly || module === 'arkos');
  if (!wrong) return [];
  const message = isTooEarly
    ? `Arkos ${generation} has no defineConfig, so the configuration does not load; export the plain object`
    : 'defineConfig is not exported from "arkos", so the configuration does not load; import it from "arkos/config"';
  return [{ id: 'wrong-import', effect: 'defaults', message, place: wrong.place }];
}

function notWrapped(value: Value, { carrier, generation }: Behaviour, path: string): ConfigProblem[] {
  if (carrier !== 'define-config') return [];
  const bare: Place[] = [];
  mapOutcomes(value, (leaf) => {
    const object = objectOf(leaf);
    if (leaf.kind === 'known' && (object === null || hasKey(object, MARKER) === false))
      bare.push(placeOf(leaf) ?? startOf(path));
    return leaf;
  });
  const message = `the default export did not go through defineConfig from "arkos/config": Arkos ${generation} prints an error and exits`;
  return bare.slice(0, 1).map((place) => ({ id: 'not-wrapped', effect: 'exits', message, place }));
}
