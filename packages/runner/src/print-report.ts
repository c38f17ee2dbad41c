import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError, exitCodeOf, messageOf, printable } from '@bulwark/model';
import type { Report } from '@bulwark/model';
import { reporters, summarize } from '@bulwark/reporters';
import type { Call } from './command.ts';
import { reportOutputs } from './report-outputs.ts';
import { ruleInfos } from './rule-infos.ts';
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
  const formats = new Set(outputs.map(({ format }) => format));
  // GitHub shows on the page of the run what a step adds to this file.
  const summary = formats.has('github') ? io.env['GITHUB_STEP_SUMMARY'] : undefined;
  // What is not proven clean is judged again by whoever asked, who would write it all a second time.
  if (io.daemon && (summary || outputs.some(({ file }) => file !== null)))
    throw new UserError('A daemon writes no files.');
  const look = {
    color: false,
    quiet: options['quiet'] === true,
    posture,
    rules: await ruleInfos(formats.has('sarif')),
  };
  const failures: string[] = [];
  const attempt = (file: string, write: () => Promise<void>): Promise<void> =>
    write().catch((error: unknown) => {
      failures.push(`The report could not be written to ${JSON.stringify(file)}: ${messageOf(error)}`);
    });
  for (const { format, file } of outputs) {
    if (file === null) {
      const color = usesColor(options['color'] as string | undefined, io.env, io.isTerminal);
      io.write(reporters[format](report, { ...look, color }));
    } else {
      const text = reporters[format](report, look);
      await attempt(file, () => writeReport(resolve(io.cwd, file), text));
    }
  }
  if (summary) await attempt(summary, () => appendFile(summary, reporters.markdown(report, look)));
  if (failures.length > 0)
    throw new UserError(failures.join('\n'), 'Give each report a file that can be written.');
  if (outputs.every(({ file }) => file !== null)) {
    const files = outputs.map(({ file }) => printable(file!)).join(', ');
    io.writeError(`bulwark: ${summarize(report)}; report in ${files}\n`);
  }
  return exitCodeOf(report);
}
