import { defineRule, pass, placeOf, undecided, violation } from '@bulwark/model';
import type { Generation, Judgement, Place, Props, Route, Setting } from '@bulwark/model';
import { routesOf } from '../gathered.ts';
import { groupBy } from '../group-by.ts';
import { routerStrictEffect } from '../routers/router-strict-effect.ts';
import { callers, listed } from './describe.ts';
import { mountedWays, settle } from './ways.ts';

interface Input {
  /** Generated bulk endpoints, without those the settings name. */
  readonly routes: readonly Route[];
  /** Where one key leaves all of them open. */
  readonly allBy: { readonly key: string; readonly place: Place } | null;
  readonly version: string;
  readonly generation: Generation;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'open-bulk',
  title: 'No generated bulk endpoint is mounted in production unless the settings name it',
  why: 'A bulk endpoint writes any number of rows in one request, and Arkos never validates its body by itself. One line in a router file mounts it again, whatever routers.strict says.',
  severity: 'warn',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      needed: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        default: [],
        description:
          'Bulk endpoints that clients really use: a module ("berth") or one endpoint ("berth.createMany").',
      },
    },
  },
  messages: {
    all: ({ key, modules }) =>
      `${key} leaves the bulk endpoints of ${modules} mounted; write "no-bulk", and name those that clients need in the option "needed"`,
    mounted: ({ module, endpoints, count, who, remedy }) =>
      `${endpoints} of ${module} ${count === 1 ? 'is mounted and answers' : 'are mounted and answer'} ${who}; ${remedy}, or name ${count === 1 ? 'it' : 'them'} in the option "needed"`,
  },
  select: (facts, options) => {
    const needed = options['needed'] as readonly string[];
    const isNeeded = ({ module, endpoint }: Route): boolean =>
      needed.includes(`${module}`) || needed.includes(`${module}.${endpoint}`);
    const { strict, strictIsRead } = facts.settings.routers;
    return {
      routes: routesOf(facts).routes.filter(
        (route) => route.kind === 'generated' && route.bulk && !isNeeded(route),
      ),
      allBy:
        strictIsRead && strict && leavesAllOpen(strict) ? { key: strict.key, place: strict.place } : null,
      version: facts.version,
      generation: facts.generation,
    };
  },
  check({ routes, allBy, version, generation }) {
    const judgements: Judgement[] = [];
    const modules = groupBy(routes, ({ module }) => module ?? '');
    const openModules: string[] = [];
    for (const [module, ofModule] of modules) {
      const settled = ofModule.map((route) => ({ route, ...settle(mountedWays(route)) }));
      const open = settled.filter(({ is }) => is === 'bad').map(({ route }) => route);
      const unsure = settled.flatMap((one) => (one.is === 'undecided' ? [one] : []));
      const place = placeOf(ofModule[0].mounted) ?? ofModule[0].place;
      const about = { key: `${module}.bulk`, place };
      const props = (mounted: readonly Route[]): Props => ({
        module,
        count: mounted.length,
        endpoints: listed(mounted.map(({ endpoint }) => endpoint ?? '')),
        who: callers(widest(mounted)),
        remedy: remedyFor(mounted[0]!, generation),
      });
      if (open.length > 0 && allBy) openModules.push(module);
      else if (open.length > 0) judgements.push(violation('mounted', props(open), about));
      else if (unsure.length > 0) {
        const [first] = unsure;
        const cases = first!.bad.map(({ when }) => ({
          when: when ?? 'nothing else holds',
          message: 'mounted',
          props: props(unsure.map(({ route }) => route)),
        }));
        judgements.push(undecided(first!.because, about, cases));
      }
    }
    if (allBy && openModules.length > 0) {
      const { key, place } = allBy;
      judgements.push(violation('all', { key, modules: listed(openModules) }, { key, place }));
    }
    return judgements.length > 0 ? judgements : pass(`Arkos ${version} mounts no bulk endpoint here`);
  },
});

function leavesAllOpen({ value }: Setting): boolean {
  return value.kind !== 'unknown' && routerStrictEffect(value) === 'all';
}

const WIDTH = ['public', 'unknown', 'logged-in', 'authorised', 'super-user'] as const;

function widest(routes: readonly Route[]): Route['access'] {
  return WIDTH.find((who) => routes.some(({ access }) => access === who)) ?? 'unknown';
}

/** Where a line of code mounts them, that line; else how that generation switches them off (FACTS §4.4). */
function remedyFor({ module, endpoint, mounted }: Route, generation: Generation): string {
  const file = `src/modules/${module}/${module}.router`;
  const place = placeOf(mounted);
  if (place) return `take out what mounts it (${place.path}:${place.line})`;
  switch (generation) {
    case '1.0':
    case '1.2':
    case '1.3':
      return `write disable: { ${endpoint}: true } in ${file}`;
    case '2.0-next':
      return `write .${endpoint}({ disabled: true }) in ArkosRouteHook("${module}")`;
    default:
      return `write ${endpoint}: { disabled: true } in ${file}`;
  }
}
