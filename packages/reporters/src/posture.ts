/** Every app against every rule, at a glance: apps down, rules across. */
import { printable, quotePath } from '@bulwark/model';
import type { Report, Verdict } from '@bulwark/model';
import type { Colors } from './colors.ts';
import { verdictMarks } from './verdict-marks.ts';

/** Empty where there is no app. Rules that hold everywhere are named in one line rather than given a column. */
export function formatPosture({ apps }: Report, colors: Colors): string {
  const [first] = apps;
  if (!first) return '';
  const rules = Object.keys(first.verdicts);
  const verdictOf = (app: Report['apps'][number], rule: string): Verdict =>
    app.verdicts[rule]?.verdict ?? 'not-applicable';
  const holdsEverywhere = (rule: string): boolean =>
    apps.every((app) => ['pass', 'not-applicable'].includes(verdictOf(app, rule)));
  const columns = rules.filter((rule) => !holdsEverywhere(rule));
  const rest = rules.filter(holdsEverywhere);
  const names = apps.map(
    ({ root, arkos }) => [quotePath(root), arkos.version ?? arkos.generation ?? '?'] as const,
  );
  const widths = [0, 1].map((at) => Math.max(...names.map((name) => name[at]!.length)));
  const rows = apps.map((app, index) => {
    const name = names[index]!.map((part, at) => printable(part).padEnd(widths[at]!)).join('  ');
    return `${name}  ${columns.map((rule) => ` ${paint(verdictOf(app, rule), colors)}`).join(' ')}`.trimEnd();
  });
  const indent = ' '.repeat(widths[0]! + widths[1]! + 4);
  const header = indent + columns.map((_, index) => String(index + 1).padStart(2)).join(' ');
  return [
    ...(columns.length > 0 ? [header] : []),
    ...rows,
    '',
    ...inThreeColumns(columns.map((rule, index) => `${String(index + 1).padStart(2)}  ${rule}`)),
    ...(rest.length > 0 ? [`${colors.green('✔')}  in every app: ${rest.join(', ')}`] : []),
    colors.dim(
      `${verdictMarks.pass} pass  ${verdictMarks.violation} violation  ${verdictMarks.undecided} undecided  ${verdictMarks['not-applicable']} not applicable`,
    ),
  ].join('\n');
}

/** Read downwards, as a list is. */
function inThreeColumns(entries: readonly string[]): string[] {
  const height = Math.ceil(entries.length / 3);
  const width = Math.max(0, ...entries.map(({ length }) => length)) + 2;
  return Array.from({ length: height }, (_, row) =>
    [0, 1, 2]
      .map((column) => (entries[column * height + row] ?? '').padEnd(width))
      .join('')
      .trimEnd(),
  );
}

function paint(verdict: Verdict, colors: Colors): string {
  const mark = verdictMarks[verdict];
  if (verdict === 'violation') return colors.red(mark);
  if (verdict === 'undecided') return colors.yellow(mark);
  return verdict === 'pass' ? colors.green(mark) : colors.dim(mark);
}
