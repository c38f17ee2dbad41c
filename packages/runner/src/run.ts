/** The whole command line: words in, exit code out. Nothing here touches `process`. */
import { UserError, nearest, printable } from '@bulwark/model';
import type { Command } from './command.ts';
import { commandNames, findCommand, loadCommands } from './commands/index.ts';
import { commandHelp, generalHelp } from './help.ts';
import type { Io } from './io.ts';
import { parseCall } from './parse-call.ts';
import { version } from './version.ts';

/** @returns 0, 1 or 2 as DESIGN and `--help` say; what goes wrong is written to standard error, never thrown. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    io.writeError(describeError(error, io));
    return 2;
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const command = await findCommand(argv);
  if (!command) return withoutCommand(argv, io);
  const { positionals, options } = parseHelpFirst(command, argv.slice(command.words.length));
  if (options['help'] === true) io.write(commandHelp(command));
  else if (options['version'] === true) io.write(`${version}\n`);
  else return command.run({ positionals, options, io });
  return 0;
}

/** `--help` answers even where the other words are wrong. */
function parseHelpFirst(command: Command, args: readonly string[]): ReturnType<typeof parseCall> {
  if (args.includes('--help') || args.includes('-h')) return { positionals: [], options: { help: true } };
  return parseCall(command, args);
}

async function withoutCommand(argv: readonly string[], io: Io): Promise<number> {
  const [first] = argv;
  if (first === '--version' || first === '-v') io.write(`${version}\n`);
  else if (first === undefined || first === '--help' || first === '-h' || first === 'help')
    io.write(generalHelp(await loadCommands()));
  else throw unknownCommand(argv);
  return first === undefined ? 2 : 0;
}

function unknownCommand(argv: readonly string[]): UserError {
  const given = argv.filter((word) => !word.startsWith('-'));
  const near =
    given[0] === 'install'
      ? 'init'
      : (nearest(given.slice(0, 2).join(' '), commandNames) ?? nearest(given[0] ?? '', commandNames));
  return new UserError(
    `There is no command ${JSON.stringify(given.join(' ') || argv[0])}${near ? `; did you mean bulwark ${near}?` : '.'}`,
    'bulwark --help lists the commands.',
  );
}

function describeError(error: unknown, io: Io): string {
  if (error instanceof UserError) {
    const hint = error.hint === undefined ? '' : `\n${printable(error.hint)}`;
    return `bulwark: ${printable(error.message)}${hint}\n`;
  }
  const detail =
    error instanceof Error
      ? io.env['BULWARK_DEBUG']
        ? (error.stack ?? error.message)
        : error.message
      : String(error);
  return `bulwark: a fault of its own, so nothing was judged: ${printable(detail)}\nSet BULWARK_DEBUG=1 to see where, and please report it.\n`;
}
