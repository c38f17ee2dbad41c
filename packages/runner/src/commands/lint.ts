import { askedBy, composeCheck } from '../compose.ts';
import type { Command } from '../command.ts';
import { printReport } from '../print-report.ts';
import { appOption, cacheOption, reportOptions } from '../shared-options.ts';

export const lint: Command = {
  words: ['lint'],
  summary: 'Judge the work tree in one folder: its files and the Arkos apps in it.',
  arguments: ['[dir]'],
  options: { ...appOption, ...reportOptions, ...cacheOption },
  notes: ['Without a folder, it judges where you are.'],
  async run({ positionals, options, io }) {
    const report = await composeCheck(askedBy({ options, io }))({
      cwd: io.cwd,
      view: { kind: 'worktree' },
      scope: 'everything',
      within: positionals[0] ?? '.',
      ...(options['app'] ? { apps: options['app'] as string[] } : {}),
      ...(options['rule'] ? { rules: options['rule'] as string[] } : {}),
    });
    return printReport(report, { options, io });
  },
};
