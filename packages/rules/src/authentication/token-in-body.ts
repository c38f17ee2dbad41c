import { defineRule, judgeValue, notApplicable, pass, violation } from '@bulwark/model';
import type { Setting } from '@bulwark/model';
import { originText, valueText } from '../value-text.ts';
import { issuesTokens } from './issues-tokens.ts';

interface Input {
  readonly through: Setting;
  readonly hasAuthentication: boolean;
  readonly version: string;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'token-in-body',
  title: 'Login puts the token in the cookie and nowhere else',
  why: 'A token in the answer is one a script can read and keep, which undoes the cookie that scripts cannot read.',
  severity: 'warn',
  messages: {
    exposed: ({ key, value, origin }) =>
      `${key} is ${value} (${origin}), so login puts the token in the JSON body, where any script can read it; write "cookie-only"`,
  },
  select: ({ settings, version }) => ({
    through: settings.authentication.sendAccessTokenThrough,
    hasAuthentication: issuesTokens(settings),
    version,
  }),
  check({ through: { key, place, written, value }, hasAuthentication, version }) {
    if (!hasAuthentication && written.kind === 'absent')
      return notApplicable('there is no login: authentication is not in use');
    return judgeValue(value, { key, place }, (outcome) => {
      const text = valueText(outcome);
      return text === '"cookie-only"'
        ? pass(`${key} is ${text}`, place)
        : violation('exposed', { key, value: text, origin: originText(outcome, version) }, { key, place });
    });
  },
});
