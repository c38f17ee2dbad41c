/** Whether one limit lets through less than a version does by itself. */
import {
  isObject,
  isUndefined,
  judgeValue,
  known,
  pass,
  property,
  undecided,
  violation,
} from '@bulwark/model';
import type { Absent, Judgement, Known, ObjectData, Props, Subjected, Value } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { originText, valueText } from '../value-text.ts';
import { limiterOptions } from './own-limiter.ts';
import { isBelow, rateText } from './rate.ts';
import type { Rate } from './rate.ts';

export interface LimitCase {
  readonly value: Value;
  readonly subject: Subjected;
  /** What it has to stay below. */
  readonly builtIn: Rate;
  /** The most requests a minute the settings ask for, if they do. */
  readonly perMinute: number | null;
  readonly version: string;
  readonly props: Props;
  /** Requests that fail have to count: it is failed logins that are to be limited. */
  readonly failuresCount?: boolean;
}

/** What `express-rate-limit` 7 does with an option that is left out or `undefined`. */
const OWN_DEFAULTS: Rate = { limit: 5, windowMs: 60_000 };

export function judgeLimit(limit: LimitCase): Judgement {
  return judgeValue(limiterOptions(limit.value), limit.subject, (outcome) => judgeOutcome(outcome, limit));
}

function judgeOutcome(outcome: Known | Absent, limit: LimitCase): Judgement {
  const { subject, props } = limit;
  if (outcome.kind === 'known' && outcome.value === false) return violation('off', props, subject);
  if (outcome.kind === 'known' && isObject(outcome.value)) return judgeOptions(outcome, outcome.value, limit);
  if (outcome.kind === 'absent') return violation('off', props, subject);
  return undecided("is a handler of the app's own, and what it lets through cannot be read off", subject);
}

function judgeOptions(outcome: Known, options: ObjectData, limit: LimitCase): Judgement {
  if (options.rest) return undecided(options.rest.why, limit.subject);
  const skip = judgeSkip(property(outcome, 'skip'), limit);
  if (skip) return skip;
  const failures = limit.failuresCount ? judgeFailures(property(outcome, 'skipFailedRequests'), limit) : null;
  if (failures) return failures;
  return judgeValue(limitOf(outcome), limit.subject, (most) =>
    judgeValue(orOwnDefault(property(outcome, 'windowMs'), OWN_DEFAULTS.windowMs), limit.subject, (window) =>
      judgeRate(most, window, limit),
    ),
  );
}

/** `limit`, else its older name `max`, else five. */
function limitOf(options: Value): Value {
  const limit = property(options, 'limit');
  if (limit.kind !== 'absent' && !isUndefined(limit)) return limit;
  return orOwnDefault(property(options, 'max'), OWN_DEFAULTS.limit);
}

function orOwnDefault(value: Value, byDefault: number): Value {
  return value.kind === 'absent' || isUndefined(value) ? known(byDefault, value.from) : value;
}

/** `null` if every request counts. */
function judgeSkip(skip: Value, { subject, props }: LimitCase): Judgement | null {
  if (skip.kind === 'absent' || isUndefined(skip)) return null;
  const data = skip.kind === 'known' ? skip.value : null;
  const returns = typeof data === 'object' && data?.type === 'function' ? data.returns : undefined;
  if (returns?.kind === 'known' && isTruthy(returns)) return violation('skips', props, subject);
  if (returns?.kind === 'known') return null;
  return undecided('skip decides by code which requests are not counted', subject);
}

/** `null` if requests that fail count. */
function judgeFailures(skips: Value, { subject, props }: LimitCase): Judgement | null {
  if (skips.kind === 'absent') return null;
  const judgement = judgeValue(skips, subject, (outcome) =>
    isTruthy(outcome) ? violation('skips-failed', props, subject) : pass('failed requests count'),
  );
  return judgement.verdict === 'pass' ? null : judgement;
}

function judgeRate(most: Known | Absent, window: Known | Absent, limit: LimitCase): Judgement {
  const { subject, props, builtIn, perMinute, version } = limit;
  if (isFunction(most) || isFunction(window)) return undecided('is worked out by a function', subject);
  const rate = { limit: numberOf(most), windowMs: numberOf(window) };
  if (Number.isNaN(rate.limit) || Number.isNaN(rate.windowMs)) {
    const value = `{ limit: ${valueText(most)}, windowMs: ${valueText(window)} }`;
    return violation('no-number', { ...props, value }, subject);
  }
  const all = {
    ...props,
    rate: rateText(rate),
    origin: originText(most, version),
    builtIn: rateText(builtIn),
  };
  if (!isBelow(rate, builtIn)) {
    const isDefault = most.from.kind === 'default' && window.from.kind === 'default';
    return violation(isDefault ? 'by-default' : 'loose', all, subject);
  }
  if (perMinute !== null && rate.limit / rate.windowMs > perMinute / 60_000)
    return violation('above-own', { ...all, perMinute }, subject);
  return pass(`${rateText(rate)} is below the ${rateText(builtIn)} of Arkos ${version}`, subject.place);
}

function isFunction(outcome: Known | Absent): boolean {
  return (
    outcome.kind === 'known' &&
    typeof outcome.value === 'object' &&
    outcome.value !== null &&
    outcome.value.type === 'function'
  );
}

/** As a comparison in JavaScript takes it: text that reads as a number is one. */
function numberOf(outcome: Known | Absent): number {
  if (outcome.kind === 'absent') return Number.NaN;
  const { value } = outcome;
  if (typeof value === 'object' && value !== null)
    return value.type === 'number' ? Number(value.text) : Number.NaN;
  return Number(value);
}
