/** Routes that are not mounted alike in every mode. */
import { outcomesOf } from '@bulwark/model';
import type { Place, Route, Value } from '@bulwark/model';
import { groupBy } from '../group-by.ts';

export interface RoutesOfMode {
  readonly mode: string;
  /** Without the built-in ones: Arkos itself serves its documentation by mode. */
  readonly routes: readonly Pick<Route, 'method' | 'path' | 'mounted' | 'place'>[];
}

export interface Difference {
  /** `POST /api/berths/many`. */
  readonly route: string;
  /** The modes that mount it. */
  readonly modes: readonly string[];
  readonly place: Place | undefined;
}

/** What differs for certain, and why the rest cannot be told. */
export interface MountedParity {
  readonly differences: readonly Difference[];
  readonly reasons: readonly string[];
}

export function compareMounted(modes: readonly RoutesOfMode[]): MountedParity {
  const byMode = modes.map(({ mode, routes }) => ({ mode, byName: groupBy(routes, nameOf) }));
  const names = new Set(byMode.flatMap(({ byName }) => [...byName.keys()]));
  const differences: Difference[] = [];
  const reasons = new Set<string>();
  for (const route of names) {
    const answers = byMode.map(({ mode, byName }) => {
      const here = byName.get(route) ?? [];
      return { mode, here, is: isMounted(here) };
    });
    const on = answers.filter(({ is }) => is === true).map(({ mode }) => mode);
    const isOff = answers.some(({ is }) => is === false);
    const place = answers.flatMap(({ here }) => here).find((one) => one.place !== undefined)?.place;
    if (on.length > 0 && isOff) differences.push({ route, modes: on, place });
    for (const { here, is } of answers) if (is === null) for (const why of whys(here)) reasons.add(why);
  }
  return { differences, reasons: [...reasons] };
}

function nameOf({ method, path }: RoutesOfMode['routes'][number]): string {
  return `${method} ${path}`;
}

type Mountable = readonly Pick<Route, 'mounted'>[];

/** One path may be served by several handlers: one that answers is enough. */
function isMounted(routes: Mountable): boolean | null {
  const answers = new Set(routes.map(({ mounted }) => agreed(mounted)));
  if (answers.has(true)) return true;
  return answers.has(null) ? null : false;
}

/** What every outcome says, `null` where they disagree or one cannot be known. */
function agreed(mounted: Value): boolean | null {
  const leaves = outcomesOf(mounted).map(({ value }) =>
    value.kind === 'known' ? value.value === true : null,
  );
  return leaves.every((leaf) => leaf === leaves[0]) ? (leaves[0] ?? null) : null;
}

function whys(routes: Mountable): string[] {
  return routes.flatMap(({ mounted }) => (mounted.kind === 'unknown' ? [mounted.why] : []));
}
