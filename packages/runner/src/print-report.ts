import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError, exitCodeOf, messageOf, printable } from '@bulwark/model';
import type { Report } from '@bulwark/model';
import { reporters, summarize } from '@bulwark/reporters';
import type { Call } from './command.ts';
import { usesColor } from './use-color.ts';

/** Prints a report as the call's options ask, and says the exit code. */
export async function printReport(
  report: Report,
  { options, io }: Pick<Call, 'options' | 'io'>,
  { posture = false }: { readonly posture?: boolean } = {},
): Promise<number> {
  const format = (options['format'] ?? 'pretty') as keyof typeof reporters;
  const output = options['output'] as string | undefined;
  const color =
    output === undefined && usesColor(options['color'] as string | undefined, io.env, io.isTerminal);
  const text = reporters[format](report, { color, quiet: options['quiet'] === true, posture });
  if (output === undefined) {
    io.write(text);
  } else {
    await writeReport(resolve(io.cwd, output), text);
    io.writeError(`bulwark: ${summarize(report)}; report in ${printable(output)}\n`);
  }
  return exitCodeOf(report);
}

async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(
      `The report could not be written: ${messageOf(error)}`,
      'Give --output a file in a folder that exists.',
      { cause: error },
    );
  }
}
