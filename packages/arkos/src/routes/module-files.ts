import { absent, known, messageOf, property, startOf } from '@bulwark/model';
import { bareUnknown } from './chain-value.ts';
import type { Evaluating, ModuleValue, OutsideCall } from './evaluate-export.ts';
import type { SourceFiles } from './source-files.ts';
import type { BootProblem, Generation, Place, Property, RouteProblem, Unknown, Value } from '@bulwark/model';

/** What the files of one module say (FACTS §4.4, §5.1, §5.2). */
export interface ModuleFiles {
  /** `config` or `hook` of the router file; for 2.0-next one key per endpoint a route hook configures. */
  readonly override: Value;
  /** Default export of the router file. */
  readonly router: Value;
  readonly routerCalls: readonly OutsideCall[];
  /** Default export of the access file. */
  readonly control: Value;
  /** Exports of the interceptors. */
  readonly interceptors: readonly Value[];
  /** Path of the router file, where it is loaded. */
  readonly routerPath: string | null;
  /** Exports of the router file that the version does not read. */
  readonly unread: readonly { readonly key: string; readonly place: Place }[];
}

const ACCESS_FILES: Readonly<Record<Generation, readonly string[]>> = {
  '1.0': ['auth-configs'],
  '1.2': ['auth-configs'],
  '1.3': ['auth', 'auth-configs'],
  '1.4': ['auth'],
  '1.5': ['auth'],
  '1.6': ['auth'],
  '1.7': ['auth'],
  '2.0-next': [],
};

const INTERCEPTOR_FILES: Readonly<Record<Generation, readonly string[]>> = {
  '1.0': ['middlewares'],
  '1.2': ['middlewares'],
  '1.3': ['middlewares'],
  '1.4': ['interceptors', 'middlewares'],
  '1.5': ['interceptors', 'middlewares'],
  '1.6': ['interceptors'],
  '1.7': ['interceptors'],
  '2.0-next': [],
};

export interface ModuleReading {
  readonly generation: Generation;
  readonly files: SourceFiles;
  readonly evaluating: Evaluating;
  /** For 2.0-next: what `app.load(…)` was given for this module. */
  readonly loaded: Value;
  readonly boot: BootProblem[];
  readonly problems: RouteProblem[];
}

/** Reads the files Arkos loads for a module: `src/modules/<name>/<name>.*`. */
export async function readModuleFiles(name: string, reading: ModuleReading): Promise<ModuleFiles> {
  const { generation, files } = reading;
  const nothing = absent({ kind: 'place', place: files.nowhere });
  const base = `src/modules/${name}/${name}`;
  const router = await readFile(`${base}.router`, reading);
  const is2 = generation === '2.0-next';
  const exports = router?.value.exports ?? nothing;
  const control = await firstExport(
    ACCESS_FILES[generation].map((kind) => `${base}.${kind}`),
    reading,
  );
  const interceptors: Value[] = [];
  for (const kind of INTERCEPTOR_FILES[generation]) {
    const found = await readFile(`${base}.${kind}`, reading);
    if (found) interceptors.push(found.value.exports);
  }
  return {
    override: is2 ? reading.loaded : (router?.stray ?? overrideOf(exports, router?.path ?? null, reading)),
    router: is2 ? nothing : (router?.stray ?? property(exports, 'default')),
    routerCalls: is2 ? [] : (router?.value.calls ?? []),
    control: control ?? nothing,
    interceptors,
    routerPath: is2 ? null : (router?.path ?? null),
    unread: unreadExports(exports, router?.path ?? null, generation),
  };
}

/** ≤1.5 reads `config`, 1.6 and 1.7 `hook` or else `config`; both together end the process (FACTS §4.4). */
function overrideOf(exports: Value, path: string | null, { generation, boot }: ModuleReading): Value {
  const config = property(exports, 'config');
  if (generation !== '1.6' && generation !== '1.7') return config;
  const hook = property(exports, 'hook');
  if (hook.kind === 'absent') return config;
  if (hook.kind === 'known' && config.kind === 'known') {
    boot.push({
      id: 'hook-and-config',
      message: 'exports both `hook` and `config`, at which Arkos exits',
      place: path === null ? null : startOf(path),
    });
  }
  return hook;
}

function unreadExports(exports: Value, path: string | null, generation: Generation): ModuleFiles['unread'] {
  if (path === null) return [];
  const names =
    generation === '2.0-next'
      ? ['hook', 'config']
      : generation === '1.6' || generation === '1.7'
        ? []
        : ['hook'];
  return names.flatMap((key) => {
    const value = property(exports, key);
    if (value.kind !== 'known') return [];
    const place = value.from.kind === 'place' ? value.from.place : startOf(path);
    return [{ key, place }];
  });
}

interface ReadFile {
  readonly path: string;
  readonly value: ModuleValue;
  /** Stands for everything in a file that is only loaded in some builds. */
  readonly stray: Unknown | null;
}

async function readFile(
  base: string,
  { files, evaluating, problems }: ModuleReading,
): Promise<ReadFile | null> {
  const path = files.find(base);
  if (path === null) {
    const stray = files.findStray(base);
    if (stray === null) return null;
    const unknown: Unknown = {
      kind: 'unknown',
      why: `${stray} is loaded only by some builds: this app's sources are .${files.extension}`,
      from: { kind: 'place', place: startOf(stray) },
    };
    return { path: stray, value: { exports: unknown, calls: [] }, stray: unknown };
  }
  try {
    return { path, value: await evaluating.evaluate(path), stray: null };
  } catch (error) {
    problems.push({ path, message: `could not be read: ${messageOf(error)}` });
    const unknown: Unknown = {
      kind: 'unknown',
      why: `${path} could not be read`,
      from: { kind: 'place', place: startOf(path) },
    };
    return { path, value: { exports: unknown, calls: [] }, stray: unknown };
  }
}

async function firstExport(bases: readonly string[], reading: ModuleReading): Promise<Value | null> {
  for (const base of bases) {
    const found = await readFile(base, reading);
    if (found) return property(found.value.exports, 'default');
  }
  return null;
}

/**
 * What `app.load(ArkosRouteHook("post").createOne({…}), …)` says of each module (FACTS §4.6): module → an object
 * with one key per endpoint. Arguments nobody can see make every other module unknown.
 */
export function readRouteHooks(calls: readonly OutsideCall[], nowhere: Place): (module: string) => Value {
  const hooks = new Map<string, Record<string, Property>>();
  let opaque: Unknown | null = null;
  const take = (value: Value): void => {
    if (value.kind === 'known' && typeof value.value === 'object' && value.value?.type === 'array') {
      value.value.items.forEach(take);
      if (value.value.rest) opaque = bareUnknown(value.value.rest);
      return;
    }
    if (value.kind !== 'unknown') return;
    const { foreign } = value;
    const [first, ...steps] = foreign?.steps ?? [];
    const name = first && 'call' in first ? first.call[0] : undefined;
    if (foreign?.name !== 'ArkosRouteHook' || name?.kind !== 'known' || typeof name.value !== 'string') {
      // Routers, gateways and policies can be loaded as well; they configure no generated route.
      if (!foreign || !/^Arkos(?:Router|Gateway|Policy|ServiceHook)/.test(foreign.name))
        opaque = bareUnknown(value);
      return;
    }
    const entries = hooks.get(name.value) ?? {};
    for (const [index, step] of steps.entries()) {
      const next = steps[index + 1];
      if (!('get' in step) || !next || !('call' in next)) continue;
      const options = next.call[0];
      if (options) entries[step.get] = { value: options, place: next.place };
    }
    hooks.set(name.value, entries);
  };
  for (const { foreign, args } of calls) {
    const last = foreign.steps.at(-1);
    if (last && 'get' in last && last.get === 'load' && /^arkos$/.test(foreign.module)) args.forEach(take);
  }
  const from = { kind: 'place', place: nowhere } as const;
  return (module) => {
    const entries = hooks.get(module);
    if (entries) return known({ type: 'object', entries, ...(opaque && { rest: opaque }) }, from);
    return opaque ?? absent(from);
  };
}
