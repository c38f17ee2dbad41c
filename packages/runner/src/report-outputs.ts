/** Where a report goes: `--format NAME` or `--format NAME=FILE`, each as often as wanted, and `--output FILE`. */
import { UserError, nearest } from '@bulwark/model';
import { reporters } from '@bulwark/reporters';
import type { ReporterName } from '@bulwark/reporters';
import type { OptionValues } from './command.ts';

export interface ReportOutput {
  readonly format: ReporterName;
  /** From the folder the command was given in; `null` is standard output. */
  readonly file: string | null;
}

/** @throws UserError for a format there is not, or for two reports that would go to one place. */
export function reportOutputs({ format, output }: OptionValues): ReportOutput[] {
  const given = ((format as readonly string[] | undefined) ?? ['pretty']).map(parseFormat);
  const bare = given.filter(({ file }) => file === null);
  if (bare.length > 1) {
    throw new UserError(
      `${bare.map((one) => one.format).join(' and ')} would both go to standard output.`,
      `Give all but one a file: --format ${bare[0]!.format}=FILE.`,
    );
  }
  if (output !== undefined && bare.length === 0) {
    throw new UserError(
      'Every format has a file already, so --output has nothing to hold.',
      'Leave --output out, or give one --format without a file.',
    );
  }
  if (output === '-')
    throw new UserError('--output takes a file.', 'Leave it out, and the report goes to standard output.');
  const outputs = given.map(({ format: name, file }) => ({
    format: name,
    file: file ?? (output as string | undefined) ?? null,
  }));
  const files = outputs.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined)
    throw new UserError(`Two reports would go to ${JSON.stringify(twice)}.`, 'Give each a file of its own.');
  return outputs;
}

function parseFormat(text: string): ReportOutput {
  const at = text.indexOf('=');
  const name = at === -1 ? text : text.slice(0, at);
  const file = at === -1 ? null : text.slice(at + 1);
  if (!isFormat(name)) {
    const names = Object.keys(reporters);
    const near = nearest(name, names);
    throw new UserError(
      `--format cannot be ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : '.'}`,
      `It is one of: ${names.join(', ')}.`,
    );
  }
  if (file === '')
    throw new UserError(
      `--format ${name}= names no file.`,
      `Write --format ${name}=FILE, or --format ${name}.`,
    );
  return { format: name, file };
}

function isFormat(name: string): name is ReporterName {
  return Object.hasOwn(reporters, name);
}
