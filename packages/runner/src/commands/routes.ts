import { survey } from '@bulwark/engine';
import type { Command } from '../command.ts';
import { checkParts } from '../compose.ts';
import { printProblems } from '../print-problems.ts';
import { routeFormats } from '../routes/print-routes.ts';
import { routeTable } from '../routes/route-table.ts';
import { colorOption, refOption } from '../shared-options.ts';
import { usesColor } from '../use-color.ts';

export const routes: Command = {
  words: ['routes'],
  summary: 'Show the endpoints of an app, or of all: in which mode, who may call them, and why.',
  arguments: ['[app]'],
  options: {
    format: {
      type: 'string',
      value: 'NAME',
      choices: Object.keys(routeFormats),
      help: 'how to print them: pretty (default), json or markdown',
    },
    ...refOption,
    ...colorOption,
  },
  notes: ['What differs between modes stands on top. It judges nothing: bulwark audit does.'],
  async run({ positionals, options, io }) {
    const ref = options['ref'] as string | undefined;
    const { apps, problems } = await survey(checkParts(io), {
      cwd: io.cwd,
      view: ref === undefined ? { kind: 'worktree' } : { kind: 'commit', commit: ref },
      ...(positionals[0] === undefined ? {} : { apps: [positionals[0]] }),
    });
    const format = (options['format'] ?? 'pretty') as keyof typeof routeFormats;
    const color = usesColor(options['color'] as string | undefined, io.env, io.isTerminal);
    io.write(routeFormats[format]({ version: 1, apps: apps.map(routeTable), problems }, { color }));
    return printProblems(problems, io);
  },
};
