import { defineRule, judgeValue, notApplicable, pass, violation } from '@bulwark/model';
import type { Setting } from '@bulwark/model';
import { setValue } from '../set-value.ts';
import { routerStrictEffect, strictText } from './router-strict-effect.ts';

interface Input {
  /** `null` where the version has no such key, or never reads it. */
  readonly strict: Setting | null;
  readonly version: string;
  readonly bulkNeeded: boolean;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'router-strict',
  title: 'Generated bulk endpoints are off in production',
  why: 'A bulk endpoint creates, changes or deletes any number of rows in one request. Left on by default, it is a door nobody asked for.',
  severity: 'error',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      bulkNeeded: {
        type: 'boolean',
        default: false,
        description: 'Set to true where clients really use the bulk endpoints; the rule then does not apply.',
      },
    },
  },
  messages: {
    open: ({ key, value, origin }) =>
      `${key} is ${value} (${origin}), so the bulk endpoints createMany, updateMany and deleteMany of every model are mounted; write "no-bulk", or true to mount no generated route at all`,
    misspelt: ({ key, value }) =>
      `${key} is ${value}, which Arkos takes for false, so the bulk endpoints of every model are mounted; write "no-bulk" or true`,
  },
  select: ({ settings: { routers }, version }, options) => ({
    strict: routers.strictIsRead ? routers.strict : null,
    version,
    bulkNeeded: options['bulkNeeded'] === true,
  }),
  check({ strict, version, bulkNeeded }) {
    if (!strict) return notApplicable(`Arkos ${version} reads no routers.strict`);
    if (bulkNeeded) return notApplicable('the settings say that bulk endpoints are needed');
    const { key, place, value } = strict;
    const about = { key, place };
    const fix = setValue(strict, false, 'no-bulk');
    return judgeValue(value, about, (outcome) => {
      const text = strictText(outcome);
      if (routerStrictEffect(outcome) !== 'all') return pass(`${key} is ${text}`, place);
      const isOmitted = strict.written.kind === 'absent';
      const isFalse = text === 'false' || text === 'undefined' || isOmitted;
      const origin = isOmitted ? `the default of Arkos ${version}` : 'as written';
      return violation(isFalse ? 'open' : 'misspelt', { key, value: text, origin }, about, fix);
    });
  },
});
