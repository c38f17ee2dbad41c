import { UserError, nearest } from '@bulwark/model';
import type { Rule } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import type { Command } from '../command.ts';
import { printProblems } from '../print-problems.ts';
import { readPage } from '../rule-pages.ts';

export const explain: Command = {
  words: ['explain'],
  summary: "Show a rule's page: what it looks at, why, and what passes.",
  arguments: ['rule'],
  options: {},
  async run({ positionals, io }) {
    const [id] = positionals as [string];
    if (rules.some((one) => one.id === id)) {
      io.write(await readPage(id));
      return 0;
    }
    // Only now is a plugin's code run: a rule with a name before its id, or a word that is none at all.
    const { openTeamRules } = await import('../plugins/team-rules.ts');
    const team = await openTeamRules(io);
    const rule = team.rules.find((one) => one.id === id);
    if (!rule) {
      printProblems(team.problems, io);
      const ids = [...rules, ...team.rules].map((one: Rule) => one.id);
      const near = nearest(id, ids);
      throw new UserError(
        `There is no rule ${JSON.stringify(id)}${near ? `; did you mean ${near}?` : '.'}`,
        `The rules are: ${ids.join(', ')}.`,
      );
    }
    io.write(`${team.pageOf(rule)}`);
    return 0;
  },
};
