import { resolve } from 'node:path';
import { UserError, exitCodeOf, messageOf, printable } from '@bulwark/model';
import type { Report } from '@bulwark/model';
import { reporters, summarize } from '@bulwark/reporters';
import type { Call } from './command.ts';
import { reportOutputs } from './report-outputs.ts';
import { usesColor } from './use-color.ts';
import { writeReport } from './write-report.ts';

/**
 * Prints a report in every format the call asks for, and says the exit code.
 * @throws UserError if a file could not be written, after all the others were
 */
export async function printReport(
  report: Report,
  { options, io }: Pick<Call, 'options' | 'io'>,
  { posture = false }: { readonly posture?: boolean } = {},
): Promise<number> {
  const outputs = reportOutputs(options);
  const failures: string[] = [];
  let isShown = false;
  for (const { format, file } of outputs) {
    const color = file === null && usesColor(options['color'] as string | undefined, io.env, io.isTerminal);
    const text = reporters[format](report, { color, quiet: options['quiet'] === true, posture });
    if (file === null) {
      io.write(text);
      isShown = true;
      continue;
    }
    await writeReport(resolve(io.cwd, file), text).catch((error: unknown) => {
      failures.push(`The report could not be written to ${JSON.stringify(file)}: ${messageOf(error)}`);
    });
  }
  if (failures.length > 0)
    throw new UserError(failures.join('\n'), 'Give each report a file that can be written.');
  if (!isShown) {
    const files = outputs.map(({ file }) => printable(file!)).join(', ');
    io.writeError(`bulwark: ${summarize(report)}; report in ${files}\n`);
  }
  return exitCodeOf(report);
}
