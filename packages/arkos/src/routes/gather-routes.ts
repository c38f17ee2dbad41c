import { at, known, messageOf, outcomesOf, placeOf, property, startOf } from '@bulwark/model';
import { accessOf } from './access.ts';
import { builtInRoutes, textOf, unlessListed } from './builtin-routes.ts';
import { chain, isTruthy } from './chain-value.ts';
import { appOf, joinPath, routersGiven, routesOf } from './custom-routers.ts';
import { deadRouteKeys } from './dead-route-keys.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readModuleFiles, readRouteHooks } from './module-files.ts';
import { mountedEndpoints } from './mounted-endpoints.ts';
import { readModels } from './prisma-models.ts';
import { rateLimitOf } from './rate-limit.ts';
import { findSourceFiles } from './source-files.ts';
import { readUserWriters } from './validators/user-writers.ts';
import type { CustomRoute, CustomRouting } from './custom-routers.ts';
import type { ModuleKind } from './endpoints.ts';
import type { GatheredModule, RouteInput } from './route-input.ts';
import type { OutsideCall } from './evaluate-export.ts';
import type { ModuleFiles, ModuleReading } from './module-files.ts';
import type { SourceFiles } from './source-files.ts';
import type {
  Access,
  AccessOutcome,
  App,
  BootProblem,
  DeadRouteKey,
  Generation,
  OpaqueRouter,
  Place,
  PrismaModel,
  Route,
  RouteFacts,
  RouteProblem,
  Snapshot,
  Value,
} from '@bulwark/model';

/**
 * The routes of an app in one mode: what is mounted, who may call it and why (FACTS §4, §5), and what its
 * writers of `User` let a body set (FACTS §5.4).
 * @throws ReadError if a file of the snapshot cannot be read.
 */
export async function gatherRoutes(
  snapshot: Snapshot,
  app: Pick<App, 'root'>,
  input: RouteInput,
): Promise<RouteFacts> {
  const { generation, config } = input;
  const boot: BootProblem[] = [];
  const problems: RouteProblem[] = [];
  const models = await readModels(snapshot, app);
  const files = await findSourceFiles(snapshot, app, generation);
  const entry = await readEntry(input, files, problems);
  const hooks = readRouteHooks(entry, files.nowhere);
  const prefix =
    textOf(at(config, 'globalPrefix')) ??
    (at(config, 'globalPrefix').kind === 'unknown' ? '<prefix>' : '/api');
  const authenticates = authenticatesAt(config);
  const gates = gatesOf(input, files, authenticates);

  const modules: GatheredModule[] = [];
  const opaque: OpaqueRouter[] = [];
  const custom: CustomEntry[] = [];
  const deadKeys: DeadRouteKey[] = [];
  for (const [name, kind, model] of modulesOf(models)) {
    const reading: ModuleReading = {
      generation,
      files,
      evaluating: input.evaluating,
      loaded: hooks(name),
      boot,
      problems,
    };
    const own = await readModuleFiles(name, reading);
    const base = baseOf(kind, model, prefix, config);
    modules.push({
      name,
      kind,
      files: own,
      routes: generatedRoutes(name, kind, base, gates[kind], own, input, model, files.nowhere),
    });
    deadKeys.push(
      ...deadRouteKeys(name, kind, own.override, generation),
      ...unreadExports(name, own, generation),
    );
    if (own.router.kind === 'absent') continue;
    const mountedAt = kind === 'auth' ? joinPath(prefix, 'auth') : base;
    const found = routesOf(own.router, mountedAt, { generation, authenticates, calls: own.routerCalls });
    custom.push(...toRoutes(found, name));
    opaque.push(...found.opaque.map((it) => ({ ...it, module: name })));
  }
  const context = { generation, authenticates, calls: entry };
  const given = [...routersGiven(entry, config), ...[appOf(entry)].filter((it) => it !== null)];
  for (const router of given) {
    const found = routesOf(router, '', context);
    custom.push(...toRoutes(found, null));
    opaque.push(...found.opaque);
  }
  const routes = [
    ...modules.flatMap((module) => module.routes),
    ...withoutTwins(custom).map(({ route }) => route),
    ...builtInRoutes(config, generation, input.command, prefix, authenticates),
  ];
  boot.push(...bootProblems(routes, modules, input));
  return {
    models,
    routes,
    opaque,
    userWriters: await readUserWriters({
      ...input,
      snapshot,
      app,
      models,
      modules,
      custom: withoutTwins(custom),
      files,
      problems,
    }),
    deadKeys,
    bootProblems: boot,
    problems,
  };
}

/** `authentication.mode` is set and `authentication.enabled` is not `false`: known boolean, or unknown. */
function authenticatesAt(config: Value): Value {
  return chain(at(config, 'authentication.enabled'), (enabled) =>
    enabled.kind === 'known' && enabled.value === false
      ? known(false, enabled.from)
      : chain(at(config, 'authentication.mode'), (mode) => known(isTruthy(mode), mode.from)),
  );
}

/** What has to hold for a kind of module to have routes at all (FACTS §4.1). */
function gatesOf(
  input: RouteInput,
  files: SourceFiles,
  authenticates: Value,
): Readonly<Record<ModuleKind, Value>> {
  const { config, generation } = input;
  const isOld = ['1.0', '1.2', '1.3'].includes(generation);
  const prisma = prismaInstance(input, files);
  const listed = (name: string): Value => (isOld ? unlessListed(config, name) : known(true, prisma.from));
  const upload = input.isUploadInverted
    ? chain(at(config, 'fileUpload.enabled'), (leaf) =>
        known(!(leaf.kind === 'known' && leaf.value === true), leaf.from),
      )
    : known(true, { kind: 'default', of: `Arkos ${generation}` });
  return {
    model: both(prisma, listed('prisma-models-router')),
    auth: both(both(prisma, authenticates), listed('auth-router')),
    'file-upload': both(upload, listed('file-upload')),
  };
}

/** Without a Prisma instance there are neither model nor auth routes (FACTS §4.1). */
function prismaInstance({ config, generation }: RouteInput, files: SourceFiles): Value {
  if (generation === '2.0-next') {
    const instance = at(config, 'prisma.instance');
    // What it is nobody needs to know; that something is there is enough.
    return instance.kind === 'unknown'
      ? known(true, instance.from)
      : known(isTruthy(instance), instance.from);
  }
  const path = files.find('src/utils/prisma') ?? files.find('src/utils/prisma/index');
  if (path !== null) return known(true, { kind: 'place', place: startOf(path) });
  const stray = files.findStray('src/utils/prisma') ?? files.findStray('src/utils/prisma/index');
  const from = { kind: 'place', place: stray === null ? files.nowhere : startOf(stray) } as const;
  return stray === null
    ? known(false, from)
    : {
        kind: 'unknown',
        why: `${stray} is loaded only by some builds: this app's sources are .${files.extension}`,
        from,
      };
}

function both(a: Value, b: Value): Value {
  return chain(a, (leaf) => (isTruthy(leaf) ? b : known(false, leaf.from)));
}

/** Calls made by the entry file: `app.use(…)`, `arkos.init({…})`, `app.load(…)`. */
async function readEntry(
  { config, evaluating }: RouteInput,
  files: SourceFiles,
  problems: RouteProblem[],
): Promise<readonly OutsideCall[]> {
  const named = textOf(at(config, 'source.entryPoint'))
    ?.replace(/^\.\//, '')
    .replace(/\.[cm]?[jt]s$/, '');
  const path = files.find(named ?? 'src/app') ?? files.find('src/app');
  if (path === null) return [];
  try {
    return (await evaluating.evaluate(path)).calls;
  } catch (error) {
    problems.push({ path, message: `could not be read: ${messageOf(error)}` });
    return [];
  }
}

function modulesOf(
  models: readonly PrismaModel[],
): readonly (readonly [string, ModuleKind, PrismaModel | null])[] {
  return [
    ['auth', 'auth', null],
    ['file-upload', 'file-upload', null],
    ...models.map((model): [string, ModuleKind, PrismaModel] => [model.module, 'model', model]),
  ];
}

function baseOf(kind: ModuleKind, model: PrismaModel | null, prefix: string, config: Value): string {
  if (kind === 'auth') return prefix;
  if (kind === 'model') return joinPath(prefix, model!.plural);
  const base = at(config, 'fileUpload.baseRoute');
  return joinPath('', textOf(base) ?? (base.kind === 'unknown' ? '<uploads>' : '/api/uploads'));
}

function generatedRoutes(
  name: string,
  kind: ModuleKind,
  base: string,
  gate: Value,
  files: ModuleFiles,
  { generation, config }: RouteInput,
  model: PrismaModel | null,
  nowhere: Place,
): readonly Route[] {
  const mounted = mountedEndpoints(at(config, 'routers.strict'), files.override, generation, kind);
  return ENDPOINTS[kind].map((endpoint) => {
    const outcomes = accessOf(endpoint, kind, {
      generation,
      config,
      override: files.override,
      control: files.control,
    });
    const own = property(files.override, endpoint.name);
    const place = (own.kind === 'absent' ? undefined : placeOf(own)) ?? model?.place;
    const nearest = place ?? (files.routerPath === null ? nowhere : startOf(files.routerPath));
    return {
      method: endpoint.method,
      path: joinPath(base, endpoint.path),
      kind: 'generated' as const,
      module: name,
      endpoint: endpoint.name,
      bulk: endpoint.bulk,
      mounted: both(gate, mounted[endpoint.name]!),
      ...foldAccess(outcomes),
      ...(place && { place }),
      rateLimit: rateLimitOf(endpoint.name, kind, files.override, generation, nearest),
    };
  });
}

interface CustomEntry {
  readonly route: Route;
  readonly written: CustomRoute;
}

function toRoutes({ routes }: CustomRouting, module: string | null): readonly CustomEntry[] {
  return routes.map((written) => ({
    written,
    route: {
      method: written.method,
      path: written.path,
      kind: 'custom',
      module,
      endpoint: null,
      bulk: false,
      mounted: written.mounted,
      ...foldAccess(written.outcomes),
      place: written.place,
    },
  }));
}

/** A module's router that the app is given once more is listed once per path. */
function withoutTwins(entries: readonly CustomEntry[]): readonly CustomEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ route: { method, path, place } }) => {
    const key = `${method} ${path} ${place?.path}:${place?.line}:${place?.column}`;
    return !seen.has(key) && seen.add(key);
  });
}

function foldAccess(outcomes: readonly AccessOutcome[]): Pick<Route, 'access' | 'because' | 'outcomes'> {
  const [first] = outcomes;
  const whos = new Set<Access | 'unknown'>(outcomes.map(({ who }) => who));
  if (first && whos.size === 1) return { access: first.who, because: first.because, outcomes };
  const told = outcomes.map(({ who, when }) => `${who} if ${when ?? 'always'}`).join(', ');
  return { access: 'unknown', because: told, outcomes };
}

function unreadExports(
  module: string,
  { unread }: ModuleFiles,
  generation: Generation,
): readonly DeadRouteKey[] {
  return unread.map(({ key, place }) => ({
    module,
    key,
    nearest: generation === '2.0-next' ? 'ArkosRouteHook' : 'config',
    because:
      generation === '2.0-next'
        ? 'Arkos 2.0-next loads no router file'
        : `Arkos ${generation} reads \`config\`, not \`${key}\``,
    place,
  }));
}

/** What keeps the app from starting because of its routes (FACTS §3.12, §4.6). */
function bootProblems(
  routes: readonly Route[],
  modules: readonly GatheredModule[],
  { generation, config }: RouteInput,
): readonly BootProblem[] {
  const isOn = (route: Route): boolean =>
    outcomesOf(route.mounted).every(({ value }) => value.kind === 'known' && value.value === true);
  const found: BootProblem[] = [];
  const mode = at(config, 'authentication.mode');
  if (generation === '2.0-next' && mode.kind !== 'unknown' && !isTruthy(mode)) {
    const asks = routes.find(
      (route) => isOn(route) && route.outcomes.every(({ reason }) => reason === 'framework-default'),
    );
    if (asks) {
      found.push({
        id: 'no-mode',
        message: `${asks.method} ${asks.path} asks for authentication, and there is no authentication.mode: Arkos exits`,
        place: placeOf(mode) ?? null,
      });
    }
  }
  const strict = at(config, 'validation.strict');
  if (strict.kind === 'known' && strict.value === true && ['1.4', '1.5', '1.6', '1.7'].includes(generation)) {
    for (const module of modules) {
      const bare = module.routes.find(
        (route) => isOn(route) && lacksValidation(module.files.override, route.endpoint!),
      );
      if (!bare) continue;
      found.push({
        id: 'strict-validation',
        message: `validation.strict is on, and ${bare.method} ${bare.path} says nothing of validation: Arkos exits`,
        place: placeOf(strict) ?? null,
      });
      break;
    }
  }
  return found;
}

function lacksValidation(override: Value, endpoint: string): boolean {
  const written = property(property(override, endpoint), 'validation');
  return (
    written.kind === 'absent' ||
    (written.kind === 'known' && (written.value === false || written.value === null))
  );
}
