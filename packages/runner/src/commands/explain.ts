import { UserError, nearest } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import type { Command } from '../command.ts';
import { readPage } from '../rule-pages.ts';

export const explain: Command = {
  words: ['explain'],
  summary: "Show a rule's page: what it looks at, why, and what passes.",
  arguments: ['rule'],
  options: {},
  async run({ positionals, io }) {
    const [id] = positionals as [string];
    const rule = rules.find((one) => one.id === id);
    if (!rule) {
      const ids = rules.map((one) => one.id);
      const near = nearest(id, ids);
      throw new UserError(
        `There is no rule ${JSON.stringify(id)}${near ? `; did you mean ${near}?` : '.'}`,
        `The rules are: ${ids.join(', ')}.`,
      );
    }
    io.write(await readPage(id));
    return 0;
  },
};
