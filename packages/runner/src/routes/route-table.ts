/** An app's facts under every mode → one table of its endpoints. Plain data: this is `routes --format json`. */
import { compareText, outcomesOf } from '@bulwark/model';
import type { Access, App, ModeFacts, Place, Problem, Route } from '@bulwark/model';
import type { SurveyedApp } from '@bulwark/engine';

export interface RouteTable {
  readonly name: string;
  readonly root: string;
  /** `version` is `null` where only a range is known. */
  readonly arkos: { readonly version: string | null; readonly from: string | null };
  /** The version the table is made for: the newest the app may run. `null` where none is known. */
  readonly judgedAs: string | null;
  readonly modes: readonly string[];
  /** Endpoints that some mode may mount, in the order of the app. */
  readonly routes: readonly RouteRow[];
  /** Routers whose routes nobody can list. */
  readonly unlisted: readonly {
    readonly path: string | null;
    readonly because: string;
    readonly at: string | null;
  }[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** What keeps the app from starting, as far as its routes do. */
  readonly startup: readonly { readonly message: string; readonly at: string | null }[];
}

export interface RouteRow {
  readonly method: string;
  readonly path: string;
  readonly kind: Route['kind'];
  /** `ship.createOne`; `null` for a custom route. */
  readonly endpoint: string | null;
  /** By mode. */
  readonly in: Readonly<Record<string, RouteInMode>>;
  /** Whether anything of it differs between modes. */
  readonly differs: boolean;
  /** `src/modules/ship/ship.router.ts:3`. */
  readonly at: string | null;
}

export interface RouteInMode {
  readonly mounted: boolean | 'unknown';
  /** Who may call it; `unknown` where it depends on something. */
  readonly who: Access | 'unknown';
  readonly because: string;
}

export interface RouteReport {
  readonly version: 1;
  readonly apps: readonly RouteTable[];
  readonly problems: readonly Problem[];
}

export function routeTable({ app, facts }: SurveyedApp): RouteTable {
  const judgedAs = facts.at(-1)?.version ?? null;
  const ofVersion = facts.filter(({ version }) => version === judgedAs);
  const modes = ofVersion.map(({ mode }) => mode.name);
  return {
    ...describeApp(app),
    judgedAs,
    modes,
    routes: rowsOf(ofVersion),
    unlisted: once(
      ofVersion.flatMap(({ routes }) =>
        (routes?.opaque ?? []).map(({ path, because, place }) => ({ path, because, at: textOf(place) })),
      ),
    ),
    problems: once(ofVersion.flatMap(({ routes }) => routes?.problems ?? [])),
    startup: once(
      ofVersion.flatMap(({ routes }) =>
        (routes?.bootProblems ?? []).map(({ message, place }) => ({ message, at: textOf(place) })),
      ),
    ),
  };
}

function describeApp({
  name,
  root,
  arkos: { version, from },
}: App): Pick<RouteTable, 'name' | 'root' | 'arkos'> {
  return { name, root, arkos: { version, from } };
}

function rowsOf(facts: readonly ModeFacts[]): RouteRow[] {
  const keys = new Map<string, Route>();
  const byMode = facts.map(({ mode, routes }) => {
    const own = new Map<string, Route>();
    for (const route of routes?.routes ?? []) {
      const key = keyOf(route, own);
      own.set(key, route);
      if (!keys.has(key)) keys.set(key, route);
    }
    return { mode: mode.name, own };
  });
  return [...keys].flatMap(([key, { method, path, kind, module, endpoint, place }]) => {
    const inModes = byMode.map(({ mode, own }) => [mode, inMode(own.get(key))] as const);
    if (inModes.every(([, { mounted }]) => mounted === false)) return [];
    return [
      {
        method,
        path,
        kind,
        endpoint: endpoint === null ? null : [module, endpoint].filter((part) => part !== null).join('.'),
        in: Object.fromEntries(inModes),
        differs: new Set(inModes.map(([, one]) => differenceKey(one))).size > 1,
        at: textOf(place),
      },
    ];
  });
}

/** Two handlers of one path are two rows: the first that answers wins, and both are worth seeing. */
function keyOf({ method, path, kind, endpoint }: Route, taken: ReadonlyMap<string, Route>): string {
  const key = `${method} ${path} ${kind} ${endpoint ?? ''}`;
  let nth = 1;
  while (taken.has(`${key} ${nth}`)) nth += 1;
  return `${key} ${nth}`;
}

const NOT_THERE: RouteInMode = { mounted: false, who: 'unknown', because: 'it is not there in this mode' };

function inMode(route: Route | undefined): RouteInMode {
  if (!route) return NOT_THERE;
  const leaves = new Set(
    outcomesOf(route.mounted).map(({ value }) => (value.kind === 'known' ? value.value === true : 'unknown')),
  );
  const [only] = leaves;
  const mounted = leaves.size === 1 ? only! : 'unknown';
  const because =
    mounted === 'unknown' && route.mounted.kind === 'unknown'
      ? `mounted or not: ${route.mounted.why}; ${route.because}`
      : route.because;
  return { mounted, who: route.access, because };
}

function differenceKey({ mounted, who }: RouteInMode): string {
  return mounted === false ? 'not mounted' : `${mounted} ${who}`;
}

function textOf(place: Place | null | undefined): string | null {
  return place ? `${place.path}:${place.line}` : null;
}

function once<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()].toSorted((a, b) =>
    compareText(JSON.stringify(a), JSON.stringify(b)),
  );
}
