import { parseArgs } from 'node:util';
import { UserError, messageOf, nearest } from '@bulwark/model';
import type { Command, OptionSpecs, OptionValues } from './command.ts';
import { generalOptions } from './shared-options.ts';

/** What the words after the command say. @throws UserError with the nearest right name. */
export function parseCall(
  command: Command,
  args: readonly string[],
): { positionals: string[]; options: OptionValues } {
  const specs = { ...command.options, ...generalOptions };
  const parsed = parse(command, args, specs);
  for (const [name, value] of Object.entries(parsed.options)) {
    const choices = specs[name]?.choices;
    if (!choices || typeof value !== 'string' || choices.includes(value)) continue;
    const near = nearest(value, choices);
    throw new UserError(
      `--${name} cannot be ${JSON.stringify(value)}${near ? `; did you mean ${near}?` : '.'}`,
      `It is one of: ${choices.join(', ')}.`,
    );
  }
  for (const { check } of Object.values(specs)) check?.(parsed.options);
  return parsed;
}

function parse(
  command: Command,
  args: readonly string[],
  specs: OptionSpecs,
): { positionals: string[]; options: OptionValues } {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple, short }]) => [
      name,
      { type, ...(multiple ? { multiple } : {}), ...(short ? { short } : {}) },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    refuseExtra(command, positionals);
    return { positionals, options: values as OptionValues };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(explain(messageOf(error), Object.keys(specs)), seeHelp(command), { cause: error });
  }
}

function refuseExtra(command: Command, positionals: readonly string[]): void {
  const isEndless = command.arguments?.at(-1)?.endsWith('...') === true;
  const most = isEndless ? Infinity : (command.arguments?.length ?? 0);
  const least = (command.arguments ?? []).filter((name) => !name.startsWith('[')).length;
  if (positionals.length > most)
    throw new UserError(`${JSON.stringify(positionals[most])} is one argument too many.`, seeHelp(command));
  if (positionals.length < least)
    throw new UserError(`${command.arguments![positionals.length]} is missing.`, seeHelp(command));
}

function seeHelp(command: Command): string {
  return `See: bulwark ${command.words.join(' ')} --help`;
}

/** Node says "Unknown option '--formt'. To specify a positional…"; keep the first sentence and help on. */
function explain(message: string, names: readonly string[]): string {
  const unknown = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
  if (unknown === undefined) return message.split('. ')[0]!;
  const near = nearest(unknown.replace(/^-+/, ''), names);
  return `There is no option ${unknown}${near ? `; did you mean --${near}?` : '.'}`;
}
