import { defineRule, isUndefined, judgeValue, notApplicable, pass, violation } from '@bulwark/model';
import type { Absent, Judgement, Known, Value } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { originText, valueText } from '../value-text.ts';
import { selectFlag } from './cookie-flag.ts';
import type { FlagInput } from './cookie-flag.ts';

interface Input extends FlagInput {
  readonly noneNeeded: boolean;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'jwt-cookie-same-site',
  title: 'Other sites cannot use the token cookie',
  why: 'A cookie that goes along with requests from other sites lets any page act in the name of whoever visits it.',
  severity: 'error',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      noneNeeded: {
        type: 'boolean',
        default: false,
        description: 'Set to true where another site really has to send the cookie; "none" is then fine.',
      },
    },
  },
  messages: {
    none: ({ key, origin }) =>
      `${key} is "none" (${origin}), so requests from any other site carry the token; write "lax" or "strict"`,
    'always-none': ({ key, version }) =>
      `Arkos ${version} sends "none" in production whatever ${key} says, so requests from any other site carry the token; update to 1.3 or newer`,
    erased: ({ key, value, version }) =>
      `${key} is ${value}, and Arkos ${version} then sends no SameSite at all, where leaving the key out means "lax"; write "lax" or "strict"`,
    invalid: ({ key, value, origin }) =>
      `${key} is ${value} (${origin}), which is no SameSite value: setting the cookie throws at login; write "lax" or "strict"`,
  },
  select: (facts, options) => ({
    ...selectFlag('sameSite', facts),
    noneNeeded: options['noneNeeded'] === true,
  }),
  check({ flag, hasAuthentication, version, noneNeeded }) {
    const { key, place, written, value } = flag;
    if (!hasAuthentication && written.kind === 'absent')
      return notApplicable('there is no token to put in a cookie: authentication is not in use');
    const about = { key, place };
    return judgeValue(value, about, (outcome): Judgement => {
      const props = { key, value: valueText(outcome), origin: originText(outcome, version), version };
      switch (attributeOf(outcome)) {
        case 'strict':
        case 'lax':
          return pass(`${key} is ${props.value} (${props.origin})`, place);
        case 'none':
          if (noneNeeded) return pass(`${key} is "none", and the settings say that it is needed`, place);
          return violation(isAsked(written, outcome) ? 'none' : 'always-none', props, about);
        case 'nothing':
          return violation('erased', props, about);
        case 'error':
          return violation('invalid', props, about);
      }
    });
  },
});

/** Whether somebody asked for `none`; if not, it is the version that sends it all the same. */
function isAsked(written: Value, { from }: Known | Absent): boolean {
  if (written.kind === 'known' && isTruthy(written)) return attributeOf(written) === 'none';
  return written.kind === 'unknown' || from.kind !== 'default';
}

/** What the `cookie` package makes of it: `true` is strict, case does not matter, other text throws. */
function attributeOf(outcome: Known | Absent): 'strict' | 'lax' | 'none' | 'nothing' | 'error' {
  if (!isTruthy(outcome) || isUndefined(outcome)) return 'nothing';
  const { value } = outcome as Known;
  if (value === true) return 'strict';
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'strict' || text === 'lax' || text === 'none' ? text : 'error';
}
