/** Socket.IO servers the entry makes: they answer other origins by options of their own. */
import { at, known, property } from '@bulwark/model';
import type { App, Generation, Known, Snapshot, SocketServer, Value } from '@bulwark/model';
import type { Evaluating, OutsideCall } from './routes/evaluate-export.ts';
import { findSourceFiles } from './routes/source-files.ts';
import { isFalsy, mapKnown, mapOutcomes, objectOf } from './values.ts';

/** @param config the effective configuration, for where the entry is */
export async function socketServers(
  snapshot: Snapshot,
  app: Pick<App, 'root'>,
  generation: Generation,
  config: Value,
  evaluating: Evaluating,
): Promise<readonly SocketServer[]> {
  const files = await findSourceFiles(snapshot, app, generation);
  const named = at(config, 'source.entryPoint');
  const base = named.kind === 'known' && typeof named.value === 'string' ? named.value : 'src/app';
  const path = files.find(base.replace(/^\.\//, '').replace(/\.[cm]?[jt]s$/, '')) ?? files.find('src/app');
  if (path === null) return [];
  const calls = await callsOf(evaluating, path);
  return calls.filter(makesServer).map(({ args, place }) => ({ place, origin: originOf(optionsOf(args)) }));
}

/** None of an entry that cannot be read: the routes, which it also makes, report that. */
async function callsOf(evaluating: Evaluating, path: string): Promise<readonly OutsideCall[]> {
  try {
    return (await evaluating.evaluate(path)).calls;
  } catch {
    return [];
  }
}

/** `new Server(…)` of the package, or its default export called or constructed. */
function makesServer({ foreign }: OutsideCall): boolean {
  const names = [foreign.name, ...foreign.steps.map((step) => ('get' in step ? step.get : ''))];
  return foreign.module === 'socket.io' && names.every((name) => ['*', 'default', 'Server'].includes(name));
}

/** `new Server(http, options)`, `new Server(port, options)`, `new Server(options)`. */
function optionsOf([first, second]: readonly Value[]): Value {
  if (second) return second;
  const isOptions = first?.kind === 'known' && objectOf(first) !== null;
  return isOptions ? first : { kind: 'absent', from: first?.from ?? { kind: 'default', of: 'Socket.IO' } };
}

/** Without `cors` no other origin is answered; with it, the `cors` package's own default is any (engine.io). */
function originOf(options: Value): Value {
  return mapOutcomes(property(options, 'cors'), (cors) => {
    if (cors.kind === 'unknown') return cors;
    if (isFalsy(cors)) return known(false, cors.from);
    if (objectOf(cors) === null) return (cors as Known).value === true ? known('*', cors.from) : cors;
    return mapKnown(property(cors, 'origin'), (origin) => {
      if (origin.kind === 'absent') return known('*', origin.from);
      return isFalsy(origin) ? known(false, origin.from) : origin;
    });
  });
}
