import { at, isUndefined, known, outcomesOf, placeOf, property } from '@bulwark/model';
import { policyAccess, routeAccess } from './access.ts';
import { isDefined, isTruthy } from './chain-value.ts';
import type { OutsideCall } from './evaluate-export.ts';
import type {
  AccessOutcome,
  Foreign,
  FunctionData,
  Generation,
  HttpMethod,
  OpaqueRouter,
  Place,
  Value,
} from '@bulwark/model';

/** A route somebody wrote by hand (FACTS §4.5). */
export interface CustomRoute {
  readonly method: HttpMethod;
  readonly path: string;
  readonly mounted: Value;
  readonly outcomes: readonly AccessOutcome[];
  readonly place: Place;
  /** The functions that answer. */
  readonly handlers: readonly Value[];
  readonly options: Value;
}

export interface CustomRouting {
  readonly routes: readonly CustomRoute[];
  readonly opaque: readonly OpaqueRouter[];
}

interface Context {
  readonly generation: Generation;
  /** Whether anything is authenticated at all: `authentication.mode`, and `enabled` not `false`. */
  readonly authenticates: Value;
  readonly calls: readonly OutsideCall[];
}

const METHODS: Readonly<Record<string, HttpMethod>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  head: 'HEAD',
  options: 'OPTIONS',
  all: 'ALL',
};

/** Everything reachable from a router (or the app itself), its own prefix included. */
export function routesOf(router: Value, base: string, context: Context, depth = 0): CustomRouting {
  const routes: CustomRoute[] = [];
  const opaque: OpaqueRouter[] = [];
  const own = router.kind === 'unknown' ? router.foreign : undefined;
  const kind = own && kindOf(own);
  if (!own || kind === null || kind === undefined || depth > 8) {
    const place = placeOf(router);
    return {
      routes,
      opaque: [{ path: base, module: null, because: whyOpaque(router), ...(place && { place }) }],
    };
  }
  const prefix = joinPath(base, prefixOf(own));
  const identity = identityOf(own);
  for (const call of context.calls) {
    if (identityOf(call.foreign) !== identity) continue;
    const names = stepNames(call.foreign);
    const method = METHODS[names.at(-1) ?? ''];
    if (method) routes.push(...routeOf(call, method, prefix, kind, context));
    else if (names.at(-1) === 'use') {
      for (const argument of call.args) {
        if (!looksLikeRouter(argument)) continue;
        const nested = routesOf(argument, joinPath(prefix, mountPath(call.args[0])), context, depth + 1);
        routes.push(...nested.routes);
        opaque.push(...nested.opaque);
      }
    }
  }
  return { routes, opaque };
}

/** Routers the app is given: `app.use(router)`, `arkos.init({ use: [router] })`, `routers.additional` (FACTS §4.5). */
export function routersGiven(calls: readonly OutsideCall[], config: Value): readonly Value[] {
  const given: Value[] = [];
  for (const { foreign, args } of calls) {
    if (foreign.module !== 'arkos' || stepNames(foreign).at(-1) !== 'init') continue;
    given.push(...itemsOf(property(args[0] ?? config, 'use')));
  }
  given.push(...itemsOf(at(config, 'routers.additional')));
  return given;
}

/** The app made by `arkos()` (≥1.6), as a receiver of calls; `null` if there is none. */
export function appOf(calls: readonly OutsideCall[]): Value | null {
  const call = calls.find(
    ({ foreign }) => foreign.module === 'arkos' && kindOf(foreign) === 'app' && foreign.steps.length > 1,
  );
  if (!call) return null;
  const foreign: Foreign = {
    ...call.foreign,
    steps: call.foreign.steps.slice(0, callIndex(call.foreign) + 1),
  };
  return { kind: 'unknown', why: 'is the app', from: { kind: 'place', place: call.place }, foreign };
}

function routeOf(
  call: OutsideCall,
  method: HttpMethod,
  prefix: string,
  kind: 'arkos' | 'express' | 'app',
  context: Context,
): readonly CustomRoute[] {
  const [first, ...rest] = call.args;
  const chained = pathOfRoute(call.foreign);
  // Express's `app.get("setting")` reads a setting.
  if (!first || (kind !== 'arkos' && chained === null && call.args.length < 2)) return [];
  const isText = first.kind === 'known' && typeof first.value === 'string';
  const path = chained ?? (isText ? (first.value as string) : pathIn(property(first, 'path')));
  const options = isText || chained !== null ? ({ kind: 'absent', from: first.from } as const) : first;
  const handlers = chained !== null ? call.args : rest;
  return [
    {
      method,
      path: joinPath(prefix, path),
      mounted: mountedBy(property(options, 'disabled'), call),
      outcomes: accessTo(options, handlers, kind, context, call.place),
      place: call.place,
      handlers,
      options,
    },
  ];
}

function mountedBy(disabled: Value, call: OutsideCall): Value {
  if (disabled.kind === 'unknown') {
    return {
      kind: 'unknown',
      why: disabled.why,
      from: disabled.from,
      ...(disabled.variables && { variables: disabled.variables }),
    };
  }
  return known(!(isDefined(disabled) && isTruthy(disabled)), { kind: 'place', place: call.place });
}

function accessTo(
  options: Value,
  handlers: readonly Value[],
  kind: 'arkos' | 'express' | 'app',
  { generation, authenticates }: Context,
  place: Place,
): readonly AccessOutcome[] {
  const open: AccessOutcome = {
    when: null,
    who: 'public',
    reason: 'custom-route',
    because: 'a custom route is public unless it says otherwise',
    place,
  };
  if (kind === 'express' || (options.kind === 'absent' && handlers.length > 1)) {
    return handlers.length > 1
      ? [
          {
            when: null,
            who: 'unknown',
            reason: 'opaque',
            because: 'functions in front of its handler may refuse',
            place,
          },
        ]
      : [open];
  }
  const written = property(options, 'authentication');
  if (written.kind === 'absent' || isUndefined(written)) return [open];
  return outcomesOf(authenticates).flatMap(({ when, value }) => {
    if (value.kind === 'known' && value.value === false) {
      return [
        {
          ...open,
          when,
          reason: 'no-mode' as const,
          because: 'without `authentication.mode` nothing is authenticated',
        },
      ];
    }
    return outcomesOf(written).flatMap(({ when: also, value: leaf }) => {
      const answers =
        leaf.kind === 'unknown'
          ? policyAccess(generation)(leaf)
          : routeAccess(leaf, generation, () => [open]);
      return answers.map((answer) => ({
        ...answer,
        when: [when, also, answer.when].filter((part) => part !== null).join(' and ') || null,
      }));
    });
  });
}

/** What a foreign value is, as far as routing goes. */
function kindOf(foreign: Foreign): 'arkos' | 'express' | 'app' | null {
  const made = callIndex(foreign);
  if (made === -1) return null;
  const path = [
    foreign.name,
    ...foreign.steps.slice(0, made).flatMap((step) => ('get' in step ? [step.get] : [])),
  ];
  const last = path.at(-1);
  if (foreign.module === 'arkos')
    return last === 'ArkosRouter' ? 'arkos' : last === 'default' || last === 'arkos' ? 'app' : null;
  return foreign.module === 'express' && (last === 'Router' || last === 'default' || last === 'express')
    ? 'express'
    : null;
}

/** Where it was made, which tells one router from another. */
function identityOf(foreign: Foreign): string | null {
  const step = foreign.steps[callIndex(foreign)];
  if (!step || !('call' in step)) return null;
  const { path, line, column } = step.place;
  return `${foreign.module} ${path}:${line}:${column}`;
}

function callIndex(foreign: Foreign): number {
  return foreign.steps.findIndex((step) => 'call' in step);
}

function stepNames(foreign: Foreign): readonly string[] {
  return foreign.steps.flatMap((step) => ('get' in step ? [step.get] : []));
}

/** `router.route("/x").get(h)`: the path of the chain. */
function pathOfRoute({ steps }: Foreign): string | null {
  const at = steps.findIndex((step) => 'get' in step && step.get === 'route');
  const call = at === -1 ? undefined : steps[at + 1];
  if (!call || !('call' in call)) return null;
  const [first] = call.call;
  return first?.kind === 'known' && typeof first.value === 'string'
    ? first.value
    : pathIn(property(first ?? { kind: 'absent', from: { kind: 'default', of: '' } }, 'path'));
}

function prefixOf(foreign: Foreign): string {
  const step = foreign.steps[callIndex(foreign)];
  const options = step && 'call' in step ? step.call[0] : undefined;
  if (!options || foreign.module !== 'arkos') return '';
  const prefix = property(options, 'prefix');
  return prefix.kind === 'absent' || isUndefined(prefix) ? '' : pathIn(prefix);
}

function mountPath(first: Value | undefined): string {
  if (!first || looksLikeRouter(first)) return '';
  if (first.kind === 'known' && typeof first.value === 'string') return first.value;
  const path = property(first, 'path');
  return path.kind === 'known' ? pathIn(path) : '';
}

/** A path as text; `<unknown>` where nobody can tell. */
function pathIn(value: Value): string {
  const known = settled(value);
  if (known.kind === 'known') return typeof known.value === 'string' ? known.value : '<pattern>';
  if (known.kind === 'unknown' && typeof known.fallback?.value === 'string') return known.fallback.value;
  return known.kind === 'absent' ? '' : '<unknown>';
}

/** Through `arkosConfig.globalPrefix || "/api"`, the form of the scaffold (FACTS §7, form 24). */
function settled(value: Value): Value {
  if (value.kind !== 'unknown') return value;
  const [first] = value.foreign?.steps ?? [];
  if (value.foreign?.name === 'defineConfig' && first && 'call' in first) {
    const names = stepNames(value.foreign);
    return names.reduce<Value>(
      (it, name) => property(it, name),
      first.call[0] ?? { kind: 'absent', from: value.from },
    );
  }
  const leaves = (value.outcomes ?? []).map((outcome) => settled(outcome.value));
  return leaves.find((leaf) => leaf.kind === 'known' && isTruthy(leaf)) ?? value;
}

function looksLikeRouter(value: Value): boolean {
  return (
    value.kind === 'unknown' &&
    value.foreign !== undefined &&
    kindOf(value.foreign) !== null &&
    identityOf(value.foreign) !== null
  );
}

function itemsOf(value: Value): readonly Value[] {
  if (value.kind === 'absent' || isUndefined(value)) return [];
  if (value.kind === 'known' && typeof value.value === 'object' && value.value?.type === 'array') {
    return [...value.value.items, ...(value.value.rest ? [value.value.rest] : [])];
  }
  return [value];
}

function whyOpaque(router: Value): string {
  return router.kind === 'unknown' ? router.why : 'it is no router whose routes can be listed';
}

export function joinPath(base: string, path: string): string {
  const joined = `/${base}/${path}`.replaceAll(/\/{2,}/g, '/');
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}

/** Source of a handler that can be read as a whole, `null` otherwise. */
export function sourceOf(handler: Value): string | null {
  const data = handler.kind === 'known' ? handler.value : null;
  if (typeof data !== 'object' || data === null || data.type !== 'function') return null;
  const { source }: FunctionData = data;
  return source.length < 2000 ? source : null;
}
