/** Help texts, made from the same tables the arguments are parsed with. */
import type { Command, OptionSpecs } from './command.ts';
import { generalOptions } from './shared-options.ts';

export function generalHelp(commands: readonly Command[]): string {
  const rows = commands
    .filter(({ isHidden }) => isHidden !== true)
    .map((command) => [usageOf(command), command.summary] as const);
  return [
    'bulwark: git hooks and policy checks for monorepos of Arkos backends',
    '',
    'Usage: bulwark <command> [options]',
    '',
    ...columns(rows),
    '',
    'bulwark <command> --help shows the options of a command.',
    '',
    ...EXIT_CODES,
    '',
  ].join('\n');
}

export function commandHelp(command: Command): string {
  return [
    command.summary,
    '',
    `Usage: bulwark ${usageOf(command)} [options]`,
    '',
    ...columns(optionRows({ ...command.options, ...generalOptions })),
    ...(command.notes ? ['', ...command.notes] : []),
    '',
    ...EXIT_CODES,
    '',
  ].join('\n');
}

const EXIT_CODES = [
  'Exit codes: 0 nothing at error; 1 findings; 2 no finding, but something could not be checked.',
];

function usageOf({ words, arguments: names = [] }: Command): string {
  return [...words, ...names.map((name) => (name.startsWith('[') ? name : `<${name}>`))].join(' ');
}

function optionRows(options: OptionSpecs): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { short, value, help }]) => {
    const long = value === undefined ? `--${name}` : `--${name} ${value}`;
    return [short === undefined ? `    ${long}` : `-${short}, ${long}`, help] as const;
  });
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
