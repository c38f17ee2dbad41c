import { defineRule } from '@bulwark/model';
import type { RateLimitSetting, WrittenKey } from '@bulwark/model';
import { deadTwin } from '../dead-twin.ts';
import { judgeLimit } from './judge-limit.ts';
import { ignoredMax, limitMessages, limitOptions, perMinuteOf } from './limit-rule.ts';
import { rateText } from './rate.ts';

interface Input {
  readonly limit: RateLimitSetting;
  readonly version: string;
  /** A key somebody wrote in its place that this version does not read. */
  readonly twin: WrittenKey | null;
}

const TWIN = /^(?:globalRequestRateLimitOptions|rateLimit|middlewares\.(?:rateLimit|globalRateLimit))\b/;

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'global-rate-limit',
  title: 'The limit on all requests is tighter than the permissive default',
  why: 'The default lets one address send hundreds of requests a minute: enough to try out passwords, harvest data, or keep the database busy.',
  severity: 'error',
  options: limitOptions,
  messages: limitMessages,
  select: (facts) => ({
    limit: facts.settings.globalRateLimit,
    version: facts.version,
    twin: deadTwin(facts, (path) => TWIN.test(path)),
  }),
  check({ limit, version, twin }, options) {
    const { key, place, value, builtIn } = limit;
    const props = {
      key,
      version,
      what: 'requests are',
      twin: twin ? ` (${twin.path} is written, but not read)` : '',
      builtIn: rateText(builtIn),
      write: `write ${key}: { windowMs: 60_000, limit: 100 }`,
    };
    const perMinute = perMinuteOf(options['perMinute']);
    return (
      ignoredMax(limit, props) ??
      judgeLimit({ value, subject: { key, place }, builtIn, perMinute, version, props })
    );
  },
});
