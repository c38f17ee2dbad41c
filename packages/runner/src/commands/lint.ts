import { sealReport } from '@bulwark/engine';
import { UserError } from '@bulwark/model';
import { askedBy, composeCheck } from '../compose.ts';
import type { Command } from '../command.ts';
import { ownFiles } from '../own-files.ts';
import { refuseTrial } from '../plugins/refuse-trial.ts';
import { printReport } from '../print-report.ts';
import { reportKey } from '../report-key.ts';
import { appOption, cacheOption, reportOptions, tryPluginsOption } from '../shared-options.ts';

export const lint: Command = {
  words: ['lint'],
  summary: 'Judge the work tree in one folder: its files and the Arkos apps in it.',
  arguments: ['[dir]'],
  options: {
    workspace: { type: 'boolean', help: 'judge everything that lies in no app, and the settings' },
    ...appOption,
    ...reportOptions,
    ...cacheOption,
    ...tryPluginsOption,
  },
  notes: [
    'Without a folder, it judges where you are. Its reports in JSON depend on nothing but the files they are about and',
    'those that the apps rest on; bulwark audit --merge makes one of them.',
  ],
  async run(call) {
    const { positionals, options, io } = call;
    const isWorkspace = options['workspace'] === true;
    if (isWorkspace && (positionals.length > 0 || options['app'] !== undefined)) {
      throw new UserError(
        `--workspace is about what lies in no app, so ${positionals.length > 0 ? 'a folder' : '--app'} cannot narrow it.`,
        'Give one of them.',
      );
    }
    if (options['try-plugins'] === true) refuseTrial(io);
    const report = await composeCheck({ ...askedBy(call), aside: await ownFiles(call) })({
      cwd: io.cwd,
      view: { kind: 'worktree' },
      scope: 'everything',
      ...(isWorkspace ? { part: { kind: 'workspace' } } : { within: positionals[0] ?? '.' }),
      ...(options['app'] ? { apps: options['app'] as string[] } : {}),
      ...(options['rule'] ? { rules: options['rule'] as string[] } : {}),
    });
    return printReport(report.part ? sealReport(report, reportKey(io.env)) : report, call);
  },
};
