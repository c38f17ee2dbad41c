import { survey } from '@bulwark/engine';
import type { Command } from '../command.ts';
import { checkParts } from '../compose.ts';
import { configReport } from '../config/config-report.ts';
import { configFormats } from '../config/print-config.ts';
import { printProblems } from '../print-problems.ts';
import { appOption, colorOption, refOption } from '../shared-options.ts';
import { usesColor } from '../use-color.ts';

export const config: Command = {
  words: ['config'],
  summary: 'Show what is in force and where it comes from: settings, rules, and what each app is set to.',
  options: {
    ...appOption,
    format: {
      type: 'string',
      value: 'NAME',
      choices: Object.keys(configFormats),
      help: 'how to print it: pretty (default) or json',
    },
    ...refOption,
    ...colorOption,
  },
  notes: ['With --app it also shows what Arkos has in force there, mode by mode. Secrets are hidden.'],
  async run({ options, io }) {
    const ref = options['ref'] as string | undefined;
    const wanted = options['app'] as string[] | undefined;
    const found = await survey(checkParts(io), {
      cwd: io.cwd,
      view: ref === undefined ? { kind: 'worktree' } : { kind: 'commit', commit: ref },
      ...(wanted ? { apps: wanted } : {}),
    });
    const format = (options['format'] ?? 'pretty') as keyof typeof configFormats;
    const color = usesColor(options['color'] as string | undefined, io.env, io.isTerminal);
    io.write(configFormats[format](configReport(found), { color, isAboutApps: wanted !== undefined }));
    return printProblems(found.problems, io);
  },
};
