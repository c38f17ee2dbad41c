import { composeCheck } from '../compose.ts';
import type { Command } from '../command.ts';
import { printReport } from '../print-report.ts';
import { appOption, reportOptions } from '../shared-options.ts';

export const audit: Command = {
  words: ['audit'],
  summary: 'Judge the whole workspace: every file and every Arkos app.',
  options: {
    ref: { type: 'string', value: 'COMMIT', help: 'judge a commit instead of the work tree' },
    ...appOption,
    ...reportOptions,
  },
  async run({ options, io }) {
    const ref = options['ref'] as string | undefined;
    const report = await composeCheck(io)({
      cwd: io.cwd,
      view: ref === undefined ? { kind: 'worktree' } : { kind: 'commit', commit: ref },
      scope: 'everything',
      ...(options['app'] ? { apps: options['app'] as string[] } : {}),
      ...(options['rule'] ? { rules: options['rule'] as string[] } : {}),
    });
    return printReport(report, { options, io }, { posture: true });
  },
};
