/** The table of endpoints as text. Paths and reasons are other people's words: they are made fit to print. */
import { printable, quotePath } from '@bulwark/model';
import picocolors from 'picocolors';
import { columns } from '../columns.ts';
import { differenceOf, mountedIn, whoMayCall, whyOf } from './describe-row.ts';
import type { RouteReport, RouteTable } from './route-table.ts';

export interface RouteLook {
  readonly color: boolean;
}

export const routeFormats = {
  pretty: (report: RouteReport, look: RouteLook): string =>
    `${report.apps.map((app) => prettyApp(app, look)).join('\n')}`,
  json: (report: RouteReport): string => `${JSON.stringify(report, null, 2)}\n`,
  markdown: (report: RouteReport): string => report.apps.map(markdownApp).join('\n'),
} as const;

function prettyApp(table: RouteTable, { color }: RouteLook): string {
  const colors = picocolors.createColors(color);
  const differing = table.routes.filter(({ differs }) => differs);
  const rows = table.routes.map((row) => [
    row.method,
    printable(row.path),
    mountedIn(row),
    whoMayCall(row),
    printable(whyOf(row)),
  ]);
  const lines = [
    `${colors.bold(quotePath(table.root))}  ${versionOf(table)}`,
    ...(differing.length === 0
      ? [`  ${table.modes.length} modes (${table.modes.join(', ')}), the same routes in each`]
      : [
          `  ${colors.yellow('differs between modes:')}`,
          ...columns(differing.map((row) => [row.method, printable(row.path), differenceOf(row)])).map(
            (line) => `    ${line}`,
          ),
        ]),
    '',
    ...columns([['METHOD', 'PATH', 'MOUNTED IN', 'WHO', 'WHY'], ...rows]).map(
      (line, index) => `  ${index === 0 ? colors.dim(line) : line}`,
    ),
    ...unlistedOf(table).map((line) => `  ${colors.yellow(line)}`),
    '',
  ];
  return lines.join('\n');
}

function versionOf({ arkos, judgedAs }: RouteTable): string {
  if (judgedAs === null) return 'a version of Arkos that is not known, so nothing was read';
  const from = arkos.from === null ? '' : ` (${quotePath(arkos.from)})`;
  return arkos.version === null
    ? `as Arkos ${judgedAs}, the newest it may run${from}`
    : `Arkos ${arkos.version}${from}`;
}

function unlistedOf({ unlisted, problems, startup }: RouteTable): string[] {
  return [
    ...startup.map(({ message, at }) => `${printable(message)}${at === null ? '' : ` (${quotePath(at)})`}`),
    ...unlisted.map(
      ({ path, because, at }) =>
        `not listed: what is mounted at ${printable(path ?? 'some path')}${at === null ? '' : ` by ${quotePath(at)}`} (${printable(because)})`,
    ),
    ...problems.map(({ path, message }) => `${quotePath(path)} ${printable(message)}`),
  ];
}

function markdownApp(table: RouteTable): string {
  const differing = table.routes.filter(({ differs }) => differs);
  const rows = table.routes.map((row) => [
    `\`${row.method}\``,
    code(row.path),
    mountedIn(row),
    whoMayCall(row),
    whyOf(row),
  ]);
  const differences = differing.map(
    (row) => `- \`${row.method}\` ${code(row.path)}: ${cell(differenceOf(row))}`,
  );
  return [
    `## ${cell(table.root)}`,
    '',
    `${cell(versionOf(table))}.`,
    '',
    ...(differing.length === 0
      ? [`The same routes in every mode (${table.modes.join(', ')}).`]
      : ['Differs between modes:', '', ...differences]),
    '',
    '| method | path | mounted in | who | why |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
    ...unlistedOf(table).flatMap((line) => ['', `- ${cell(line)}`]),
    '',
  ].join('\n');
}

/** Text in a table's cell: no pipe ends it, no tag opens in it. */
function cell(text: string): string {
  return printable(text).replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

/** A path in backticks; a backtick inside would end them. */
function code(path: string): string {
  return `\`${printable(path).replaceAll('`', "'")}\``;
}
