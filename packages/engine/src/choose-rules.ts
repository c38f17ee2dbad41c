import { UserError, nearest } from '@bulwark/model';
import type { Rule } from '@bulwark/model';

/** The rules a request is narrowed to. @throws UserError for an id that is none. */
export function chooseRules(rules: readonly Rule[], wanted: readonly string[] | undefined): readonly Rule[] {
  const ids = rules.map(({ id }) => id);
  for (const id of wanted ?? []) {
    if (ids.includes(id)) continue;
    const near = nearest(id, ids);
    throw new UserError(
      `There is no rule ${JSON.stringify(id)}${near ? `; did you mean ${near}?` : '.'}`,
      `The rules are: ${ids.join(', ')}.`,
    );
  }
  return wanted ? rules.filter(({ id }) => wanted.includes(id)) : rules;
}
