import { defineRule, judgeValue, notApplicable, pass, violation } from '@bulwark/model';
import type { Absent, Judgement, Known, Setting } from '@bulwark/model';
import { originText, valueText } from '../value-text.ts';
import { durationSeconds, durationText } from './duration.ts';
import { issuesTokens } from './issues-tokens.ts';
import { orSet } from './or-set.ts';

interface Input {
  readonly expiresIn: Setting;
  readonly hasAuthentication: boolean;
  readonly version: string;
}

const DEFAULT_MAX = '1d';

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'jwt-expiry',
  title: 'Tokens live for a short time',
  why: 'A token that leaked works until it expires: Arkos keeps no list of tokens to take back.',
  severity: 'error',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      max: {
        type: 'string',
        pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m|h|d|w|y)$',
        default: DEFAULT_MAX,
        description: 'The longest a token may live: 15m, 12h, 7d.',
      },
    },
  },
  messages: {
    'too-long': ({ key, value, lives, origin, max, or }) =>
      `${key} is ${value} (${origin}), so a token lives ${lives}; write "${max}" or less${or}`,
    'meant-milliseconds': ({ key, value, lives, meant, seconds, max }) =>
      `${key} is ${value}, and a number counts seconds, so a token lives ${lives}; if ${meant} was meant, write ${seconds}; at most "${max}"`,
    unreadable: ({ key, value, origin, max }) =>
      `${key} is ${value} (${origin}), which is no duration: signing a token throws at login; write a number of seconds, or text with a unit such as "${max}"`,
  },
  select: ({ settings, version }) => ({
    expiresIn: settings.jwt.expiresIn,
    hasAuthentication: issuesTokens(settings),
    version,
  }),
  check({ expiresIn, hasAuthentication, version }, options) {
    const { key, place, written, value } = expiresIn;
    if (!hasAuthentication && written.kind === 'absent')
      return notApplicable('no tokens are signed: authentication is not in use');
    const max = String(options['max'] ?? DEFAULT_MAX);
    const maxSeconds = durationSeconds(max);
    if (maxSeconds === null) throw new Error(`the option max is no duration: ${max}`);
    const or = orSet(expiresIn, `${max} or less`);
    return judgeValue(value, { key, place }, (outcome): Judgement => {
      const props = { key, value: valueText(outcome), origin: originText(outcome, version), max, or };
      const seconds = secondsOf(outcome);
      if (seconds === null) return violation('unreadable', props, { key, place });
      const lives = durationText(seconds);
      if (seconds <= maxSeconds) return pass(`a token lives ${lives}`, place);
      const meant = seconds / 1000;
      if (looksLikeMilliseconds(outcome, maxSeconds))
        return violation(
          'meant-milliseconds',
          { ...props, lives, meant: durationText(meant), seconds: meant },
          { key, place },
        );
      return violation('too-long', { ...props, lives }, { key, place });
    });
  },
});

function secondsOf(outcome: Known | Absent): number | null {
  if (outcome.kind === 'absent') return null;
  const { value } = outcome;
  return typeof value === 'number' || typeof value === 'string' ? durationSeconds(value) : null;
}

/** Whole seconds in milliseconds that would have been short enough: `15 * 60 * 1000`. */
function looksLikeMilliseconds({ kind, ...rest }: Known | Absent, maxSeconds: number): boolean {
  const value = kind === 'known' ? (rest as Known).value : null;
  return typeof value === 'number' && value % 1000 === 0 && value / 1000 <= maxSeconds;
}
