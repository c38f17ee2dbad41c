/** A row of the table in words, the same for terminals and documents. */
import type { RouteInMode, RouteRow } from './route-table.ts';

const WHO: Readonly<Record<RouteInMode['who'], string>> = {
  public: 'anyone',
  'logged-in': 'logged in',
  authorised: 'by rule',
  'super-user': 'super users',
  unknown: 'depends',
};

/** `anyone`, or `development: anyone; production: super users`. */
export function whoMayCall(row: RouteRow): string {
  return inModes(row, ({ who }) => WHO[who]);
}

/** `all modes`, `production`, `development, perhaps production`. */
export function mountedIn(row: RouteRow): string {
  const modes = Object.entries(row.in).filter(([, { mounted }]) => mounted !== false);
  const isAlways =
    modes.length === Object.keys(row.in).length && modes.every(([, { mounted }]) => mounted === true);
  if (isAlways) return 'all modes';
  return modes.map(([mode, { mounted }]) => (mounted === 'unknown' ? `perhaps ${mode}` : mode)).join(', ');
}

export function whyOf(row: RouteRow): string {
  return inModes(row, ({ because }) => because);
}

/** What differs, on one line: `only in development`, `development: anyone; production: logged in`. */
export function differenceOf(row: RouteRow): string {
  const where = mountedIn(row);
  return where === 'all modes' ? whoMayCall(row) : where.startsWith('perhaps') ? where : `only in ${where}`;
}

function inModes({ in: modes }: RouteRow, say: (one: RouteInMode) => string): string {
  const said = Object.entries(modes).filter(([, { mounted }]) => mounted !== false);
  const texts = new Set(said.map(([, one]) => say(one)));
  if (texts.size === 1) return [...texts][0]!;
  return said.map(([mode, one]) => `${mode}: ${say(one)}`).join('; ');
}
