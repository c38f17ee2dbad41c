import { defineRule, pass, undecided, violation } from '@bulwark/model';
import type { AccessOutcome, Generation, Judgement, Props, Route } from '@bulwark/model';
import { routesOf } from '../gathered.ts';
import { groupBy } from '../group-by.ts';
import { callers, listed, nameOf } from './describe.ts';
import { accessWays, bothWays, casesOf, mountedWays, settle } from './ways.ts';
import type { Settled } from './ways.ts';

interface Input {
  readonly routes: readonly Route[];
  readonly generation: Generation;
}

const WRITES: ReadonlySet<string> = new Set(['uploadFile', 'updateFile', 'deleteFile']);

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'upload-authorization',
  title: 'Uploading, replacing and deleting files asks for more than a login',
  why: 'The upload endpoints know no action, so Arkos checks no role on them: whoever can sign up can fill the disk, replace what others uploaded, and delete it.',
  severity: 'warn',
  messages: {
    open: ({ routes, count, who, because, remedy }) =>
      `${routes} ${count === 1 ? 'answers' : 'answer'} ${who} (${because}); ${remedy}`,
  },
  select: (facts) => ({
    routes: routesOf(facts).routes.filter(
      ({ kind, module, endpoint }) =>
        kind === 'generated' && module === 'file-upload' && WRITES.has(endpoint ?? ''),
    ),
    generation: facts.generation,
  }),
  check({ routes, generation }) {
    const open = routes.flatMap((route): Open[] => {
      const settled = settle(bothWays(mountedWays(route), accessWays(route, isWide)));
      return settled.is === 'good' ? [] : [{ route, settled }];
    });
    const groups = groupBy(open, ({ route, settled }) =>
      JSON.stringify([settled.is, reasonOf(settled), route.place]),
    );
    const judgements = [...groups.values()].map((group) => judgeGroup(group, generation));
    return judgements.length > 0 ? judgements : pass('no upload endpoint answers everybody who is logged in');
  },
});

interface Open {
  readonly route: Route;
  readonly settled: Exclude<Settled<AccessOutcome>, { is: 'good' }>;
}

function reasonOf(settled: Open['settled']): string {
  if (settled.is === 'undecided') return settled.because;
  const { who, because } = settled.way.detail;
  return `${who} ${because}`;
}

/** Endpoints that are open for one and the same reason are one finding. */
function judgeGroup(group: readonly [Open, ...Open[]], generation: Generation): Judgement {
  const [{ route, settled }] = group;
  const names = group.map((one) => one.route.endpoint ?? '');
  const about = { key: `file-upload ${names.join(' ')}`, place: route.place };
  const props = ({ who, because }: AccessOutcome): Props => ({
    routes: listed(group.map((one) => nameOf(one.route))),
    count: group.length,
    who: callers(who),
    because,
    remedy: remedyFor(listed(names), generation),
  });
  if (settled.is === 'bad') {
    const { detail } = settled.way;
    return violation('open', props(detail), { ...about, place: route.place ?? detail.place });
  }
  const cases = casesOf(settled.bad, (detail) => ({ message: 'open', props: props(detail) }));
  return undecided(settled.because, about, cases);
}

function isWide({ who }: AccessOutcome): boolean {
  return who === 'public' || who === 'logged-in';
}

/** Up to 1.3 a router file can only switch endpoints off (FACTS §4.4); policies came with 1.6 (FACTS §5.2). */
function remedyFor(endpoints: string, generation: Generation): string {
  switch (generation) {
    case '1.0':
    case '1.2':
    case '1.3':
      return `switch ${endpoints} off with disable in src/modules/file-upload/file-upload.router, or guard it in a router of your own`;
    case '1.4':
    case '1.5':
      return `give ${endpoints} an authentication with resource, action and rule in src/modules/file-upload/file-upload.router, or disabled: true`;
    case '1.6':
    case '1.7':
      return `give ${endpoints} a policy, authentication: policy.Create, in src/modules/file-upload/file-upload.router, or disabled: true`;
    case '2.0-next':
      return `give ${endpoints} an authentication with a policy in ArkosRouteHook("file-upload"), or disabled: true`;
  }
}
