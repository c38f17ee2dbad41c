import { defineRule, pass, undecided, violation } from '@bulwark/model';
import type { AccessOutcome, AccessReason, Judgement, Place, Props, Route } from '@bulwark/model';
import { routesOf } from '../gathered.ts';
import { groupBy } from '../group-by.ts';
import { listed, nameOf } from './describe.ts';
import { accessWays, bothWays, mountedWays, settle } from './ways.ts';
import type { Settled } from './ways.ts';

interface Key {
  readonly key: string;
  readonly place: Place | null;
}

interface Input {
  /** Generated endpoints that write. */
  readonly routes: readonly Route[];
  readonly mode: Key;
  readonly enabled: Key;
  readonly version: string;
}

/** What opens an endpoint without anybody having said so; `authentication: false` on it says so. */
const ACCIDENTS: Partial<Record<AccessReason, string>> = {
  'no-mode': 'noMode',
  'authentication-disabled': 'disabled',
  'route-undefined': 'erased',
  'framework-has-none': 'noDefault',
};

/** They are there for those who are not logged in, or change nothing but their own cookie. */
const HARMLESS: ReadonlySet<string> = new Set(['login', 'signup', 'logout']);

/**
 * `ArkosRouteHook("auth")` has no method for it (FACTS §4.6): no app of that version can close it, so no app left
 * it open by accident.
 */
const UNHOOKABLE = 'deleteMe';

type Open = { readonly route: Route; readonly settled: Exclude<Settled<AccessOutcome>, { is: 'good' }> };

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'public-write',
  title: 'No generated write endpoint is open to anyone by accident',
  why: 'A missing authentication mode, a switch that reads like a toggle, or a key that is present and undefined each let strangers create, change and delete records, and nothing says so at run time.',
  severity: 'error',
  messages: {
    noMode: ({ key, routes }) =>
      `${key} is not set, so nobody has to log in to call ${routes}; set it to "static" or "dynamic", and write authentication: false on a route that is meant to be public`,
    disabled: ({ key, routes }) =>
      `${key} is false, which does not only remove the login routes but opens ${routes} to anyone; leave it out`,
    erased: ({ routes }) =>
      `${routes} answers anyone: its key authentication is there with the value undefined, which erases the default; leave the key out, or write authentication: false if anyone may call it`,
    noDefault: ({ routes, version, remedy }) =>
      `${routes} asks for no login in Arkos ${version} unless a route hook says so; ${remedy}`,
  },
  select: (facts) => {
    const { mode, enabled } = facts.settings.authentication;
    return {
      routes: routesOf(facts).routes.filter(
        ({ kind, method, module, endpoint }) =>
          kind === 'generated' && method !== 'GET' && !(module === 'auth' && HARMLESS.has(endpoint ?? '')),
      ),
      mode: { key: mode.key, place: mode.place },
      enabled: { key: enabled?.key ?? 'authentication.enabled', place: enabled?.place ?? null },
      version: facts.version,
    };
  },
  check(input) {
    const open = input.routes.flatMap((route): Open[] => {
      const settled = settle(bothWays(mountedWays(route), accessWays(route, accidentOf(route))));
      return settled.is === 'good' ? [] : [{ route, settled }];
    });
    const groups = groupBy(open, ({ route, settled }) => {
      const reason = reasonOf(settled);
      const shared = reason === 'no-mode' || reason === 'authentication-disabled' ? reason : nameOf(route);
      return settled.is === 'bad' ? shared : `${settled.because}\0${reason ?? ''}`;
    });
    const judgements = [...groups.values()].map((group) => judgeGroup(group, input));
    return judgements.length > 0 ? judgements : pass(whyFine(input.routes));
  },
});

function accidentOf({ endpoint }: Route): (outcome: AccessOutcome) => boolean {
  return ({ who, reason }) =>
    who === 'public' &&
    ACCIDENTS[reason] !== undefined &&
    !(reason === 'framework-has-none' && endpoint === UNHOOKABLE);
}

function reasonOf(settled: Open['settled']): AccessReason | undefined {
  return settled.is === 'bad' ? settled.way.detail.reason : settled.bad[0]?.detail.reason;
}

/** Endpoints that are open for one and the same reason are one finding. */
function judgeGroup(group: readonly [Open, ...Open[]], input: Input): Judgement {
  const [{ route, settled }] = group;
  const reason = reasonOf(settled);
  const shared =
    reason === 'no-mode' ? input.mode : reason === 'authentication-disabled' ? input.enabled : null;
  const key = shared?.key ?? `${route.module}.${route.endpoint}.authentication`;
  const props: Props = {
    key,
    routes: listed(group.map((one) => nameOf(one.route))),
    version: input.version,
    remedy: remedyFor(route),
  };
  if (settled.is === 'bad') {
    const place = shared?.place ?? settled.way.detail.place ?? route.place;
    return violation(ACCIDENTS[settled.way.detail.reason]!, props, { key, place });
  }
  const cases = settled.bad.map(({ when, detail }) => ({
    when: when ?? 'nothing else holds',
    message: ACCIDENTS[detail.reason]!,
    props,
  }));
  return undecided(
    `${listed(group.map((one) => nameOf(one.route)))}: ${settled.because}`,
    { key, place: shared?.place ?? route.place },
    cases,
  );
}

function remedyFor({ endpoint, module }: Route): string {
  return `write .${endpoint}({ authentication: true }) in ArkosRouteHook("${module}")`;
}

function whyFine(routes: readonly Route[]): string {
  const decided = routes.filter(
    ({ mounted, outcomes }) =>
      !(mounted.kind === 'known' && mounted.value === false) &&
      outcomes.some(({ reason }) => reason === 'route-false' || reason === 'control-false'),
  );
  return decided.length === 0
    ? 'every generated write endpoint that is mounted asks for a login'
    : `only ${listed(decided.map(nameOf))} answers anyone, and the code says so`;
}
