/** What is in force, as text for a terminal. */
import { printable, quotePath } from '@bulwark/model';
import picocolors from 'picocolors';
import { columns } from '../columns.ts';
import type { AppConfig, ConfigReport, InForceRow, RuleRow } from './config-report.ts';

export interface ConfigLook {
  readonly color: boolean;
  /** Whether apps were asked for by name: then everything about them is shown. */
  readonly isAboutApps: boolean;
}

export const configFormats = {
  pretty: prettyConfig,
  json: (report: ConfigReport): string => `${JSON.stringify(report, null, 2)}\n`,
} as const;

function prettyConfig(report: ConfigReport, { color, isAboutApps }: ConfigLook): string {
  const colors = picocolors.createColors(color);
  const rows = report.settings.map(({ key, value, from }) => [key, printable(JSON.stringify(value)), from]);
  const lines = [
    colors.bold(report.file ?? 'no bulwark.json: the defaults hold'),
    ...indent(columns(rows)),
    ...pluginLines(report.plugins, colors.bold),
    '',
    colors.bold('rules'),
    ...indent(columns(report.rules.map(ruleCells))),
    ...report.apps.flatMap((app) => ['', ...appLines(app, isAboutApps, colors.bold)]),
    '',
  ];
  return lines.join('\n');
}

function pluginLines(plugins: ConfigReport['plugins'], bold: (text: string) => string): string[] {
  if (plugins.length === 0) return [];
  const rows = plugins.map(({ name, state, changed }) => [
    printable(name),
    changed.length > 0 && state === 'in-force'
      ? 'in force as committed; edits do not count yet'
      : STATES[state],
  ]);
  return ['', bold('plugins, by the code in HEAD'), ...indent(columns(rows))];
}

const STATES = {
  'in-force': 'in force',
  pending: 'not in force until it is committed',
  failed: 'could not be loaded',
} as const;

function ruleCells({ rule, level, options, from }: RuleRow): string[] {
  const said = Object.keys(options).length === 0 ? '' : `  ${printable(JSON.stringify(options))}`;
  return [rule, level, `${from}${said}`];
}

function appLines(app: AppConfig, isWhole: boolean, bold: (text: string) => string): string[] {
  const { version, certainty, from } = app.arkos;
  const known = version ?? (certainty === 'range' ? 'a range of versions' : 'a version nobody knows');
  return [
    `${bold(quotePath(app.root))}  Arkos ${known}${from === null ? '' : ` (${quotePath(from)})`}, ${app.config === null ? 'no configuration it reads' : quotePath(app.config)}`,
    ...indent(columns(app.rules.map(ruleCells))),
    ...(isWhole ? indent(columns(app.inForce.flatMap(inForceCells))) : []),
  ];
}

/** One line, or one for each mode where they differ. */
function inForceCells({ key, in: modes }: InForceRow): string[][] {
  const said = Object.entries(modes);
  const [first] = said;
  const isSame = said.every(([, { value, from }]) => value === first![1].value && from === first![1].from);
  if (isSame) return [[key, 'every mode', printable(first![1].value), printable(first![1].from)]];
  return said.map(([mode, { value, from }]) => [key, mode, printable(value), printable(from)]);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
