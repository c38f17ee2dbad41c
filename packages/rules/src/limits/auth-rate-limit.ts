import { defineRule, isUndefined, notApplicable, undecided, violation } from '@bulwark/model';
import type { Judgement, Props, RateLimitSetting, RouteRateLimit, WrittenKey } from '@bulwark/model';
import { issuesTokens } from '../authentication/issues-tokens.ts';
import { deadTwin } from '../dead-twin.ts';
import { judgeLimit } from './judge-limit.ts';
import { ignoredMax, limitMessages, limitOptions, perMinuteOf } from './limit-rule.ts';
import { loginRoute } from './login-route.ts';
import type { LoginRoute } from './login-route.ts';
import { rateText } from './rate.ts';

interface Input {
  /** `null` where no key of the configuration limits login. */
  readonly limit: RateLimitSetting | null;
  /** `null` where routes were not read. */
  readonly login: LoginRoute | null;
  readonly hasAuthentication: boolean;
  readonly version: string;
  /** A key somebody wrote in its place that this version does not read. */
  readonly twin: WrittenKey | null;
}

const TWIN = /^authentication\.(?:requestRateLimitOptions|rateLimit)\b/;
const EXAMPLE = '{ windowMs: 15 * 60_000, limit: 5 }';

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'auth-rate-limit',
  title: 'Login is limited more tightly than by default',
  why: 'The default allows 120 attempts a minute from one address: over 170,000 passwords a day.',
  severity: 'error',
  options: limitOptions,
  messages: {
    ...limitMessages,
    'skips-failed': ({ key, write }) =>
      `${key}.skipFailedRequests is on, so failed logins, the ones to limit, are not counted; take it out, and ${write}`,
    'route-only': ({ version, builtIn, twin, write }) =>
      `login has no limit of its own beyond the built-in ${builtIn}, and Arkos ${version} reads no key for it${twin}; ${write}`,
  },
  select: (facts) => ({
    limit: facts.settings.authRateLimit,
    login: loginRoute(facts),
    hasAuthentication: issuesTokens(facts.settings),
    version: facts.version,
    twin: deadTwin(facts, (path) => TWIN.test(path)),
  }),
  check(input, options) {
    const { limit, login, hasAuthentication, version } = input;
    const isWritten = limit !== null && limit.written.kind !== 'absent';
    if (!hasAuthentication && !isWritten)
      return notApplicable('there is no login: authentication is not in use');
    if (login?.isLeftOut) return notApplicable('the login route is not mounted');
    const perMinute = perMinuteOf(options['perMinute']);
    const byKey = limit && judgeKey(limit, input, perMinute);
    if (byKey?.verdict === 'pass') return byKey;
    const byRoute = login?.limit ? judgeRoute(login.limit, input, perMinute) : null;
    if (byRoute?.verdict === 'pass') return byRoute;
    if (byKey) return byRoute?.verdict === 'undecided' ? byRoute : byKey;
    return (
      byRoute ??
      undecided(`Arkos ${version} reads no key for it, and the route was not read`, { key: 'login' })
    );
  },
});

function propsOf(key: string, { version, twin }: Input): Props {
  return {
    key,
    version,
    what: 'login is',
    twin: twin ? ` (${twin.path} is written, but not read)` : '',
    write: `write ${key}: ${EXAMPLE}`,
  };
}

function judgeKey(limit: RateLimitSetting, input: Input, perMinute: number | null): Judgement {
  const { key, place, value, builtIn } = limit;
  const props = propsOf(key, input);
  const subject = { key, place };
  return (
    ignoredMax(limit, props) ??
    judgeLimit({ value, subject, builtIn, perMinute, version: input.version, props, failuresCount: true })
  );
}

/** A limit on the login route itself; `null` if it has none and the key decides. */
function judgeRoute(route: RouteRateLimit, input: Input, perMinute: number | null): Judgement | null {
  const key = 'rateLimit of the login route';
  const builtIn = route.builtIn ?? input.limit?.builtIn;
  const hook = 'limit the route itself: ArkosRouteHook("auth").login({ rateLimit: ' + EXAMPLE + ' })';
  const props = { ...propsOf(key, input), write: route.builtIn ? hook : `write rateLimit: ${EXAMPLE}` };
  const subject = { key, place: route.place };
  if (!builtIn) return null;
  if (route.value.kind === 'absent' || isUndefined(route.value))
    return route.builtIn && violation('route-only', { ...props, builtIn: rateText(builtIn) }, subject);
  const { version } = input;
  return judgeLimit({ value: route.value, subject, builtIn, perMinute, version, props, failuresCount: true });
}
