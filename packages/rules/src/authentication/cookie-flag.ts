/** What the rules about the cookie's two switches share (FACTS §3.6 to §3.8). */
import { isUndefined, judgeValue, known, notApplicable, pass, violation } from '@bulwark/model';
import type { Judgement, Messages, ModeFacts, Setting, Value } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { setValue } from '../set-value.ts';
import { originText, valueText } from '../value-text.ts';
import { issuesTokens } from './issues-tokens.ts';
import { orSet } from './or-set.ts';

export interface FlagInput {
  readonly flag: Setting;
  readonly hasAuthentication: boolean;
  readonly version: string;
}

export function selectFlag(
  name: 'httpOnly' | 'secure' | 'sameSite',
  { settings, version }: ModeFacts,
): FlagInput {
  return { flag: settings.jwt[name], hasAuthentication: issuesTokens(settings), version };
}

export const flagMessages: Messages = {
  off: ({ key, value, origin, effect }) => `${key} is ${value} (${origin}), so ${effect}; write ${key}: true`,
  erased: ({ key, value, version, effect }) =>
    `${key} is ${value}, which Arkos ${version} takes for no: unlike leaving the key out it sets no flag, so ${effect}; write ${key}: true`,
  'by-request': ({ key, version, effect, or }) =>
    `${key} is not set, and Arkos ${version} then asks each request whether it came over TLS, so ${effect}; write ${key}: true${or}`,
  'false-ignored': ({ key, value, version, effect }) =>
    `${key} is ${value}, and Arkos ${version} then asks each request whether it came over TLS, so ${effect}; write ${key}: true`,
};

/** Stands for what Arkos leaves to each request. */
export const BY_REQUEST = 'by request';

/** @param effect what happens without the flag, fit for "so …". */
export function judgeFlag({ flag, hasAuthentication, version }: FlagInput, effect: string): Judgement {
  const { key, place, written, value } = flag;
  if (!hasAuthentication && written.kind === 'absent')
    return notApplicable('there is no token to put in a cookie: authentication is not in use');
  const about = { key, place };
  const fix = setValue(flag, false, true);
  return judgeValue(settleRequests(value), about, (outcome) => {
    const text = valueText(outcome);
    const props = { key, value: text, version, effect, or: orSet(flag, 'true') };
    if (outcome.kind === 'known' && outcome.value === BY_REQUEST && outcome.from.kind === 'default')
      return written.kind === 'absent'
        ? violation('by-request', props, about)
        : violation('false-ignored', { ...props, value: valueText(written) }, about, fix);
    if (isTruthy(outcome)) return pass(`${key} is ${text} (${originText(outcome, version)})`, place);
    if (isUndefined(outcome) || text === 'null') return violation('erased', props, about);
    return violation('off', { ...props, origin: originText(outcome, version) }, about, fix);
  });
}

/** What Arkos itself leaves to each request is not what the guide asks for: one answer, and none of the good ones. */
export function settleRequests(value: Value): Value {
  if (value.kind !== 'unknown') return value;
  if (value.from.kind === 'default') return known(BY_REQUEST, value.from);
  if (!value.outcomes) return value;
  return {
    ...value,
    outcomes: value.outcomes.map(({ when, value: inner }) => ({ when, value: settleRequests(inner) })),
  };
}
