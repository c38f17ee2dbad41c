import { defineRule, judgeValue, notApplicable, pass, violation } from '@bulwark/model';
import type { Setting } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { setValue } from '../set-value.ts';
import { isText, valueText } from '../value-text.ts';

interface Input {
  /** `null` before the key existed. */
  readonly option: Setting | null;
  readonly version: string;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'dangerous-query-options',
  title: 'Clients cannot pass Prisma options in the query string',
  why: 'Whoever may read one record can then include its relations and select every column, the hidden ones too.',
  severity: 'warn',
  messages: {
    on: ({ key, is }) =>
      `${key} ${is}, so clients may pass Prisma options such as include and select in the query string; take the key out, which means false`,
  },
  select: ({ settings, version }) => ({ option: settings.dangerousQueryOptions, version }),
  check({ option, version }) {
    if (!option) return notApplicable(`Arkos ${version} takes no Prisma options from the query string`);
    const { key, place, value } = option;
    const fix = setValue(option, true, false);
    return judgeValue(value, { key, place }, (outcome) =>
      isTruthy(outcome)
        ? violation('on', { key, is: isText(outcome, version) }, { key, place }, fix)
        : pass(`${key} is ${valueText(outcome)}`, place),
    );
  },
});
