import type { FixPlan } from '@bulwark/engine';
import { printable, quotePath } from '@bulwark/model';
import type { Finding } from '@bulwark/model';

type Described = Pick<FixPlan, 'mended' | 'left'>;

/** What is written, a finding on two lines. @param verb "Mended" */
export function describeMended({ mended, left }: Described, verb: string): string {
  if (mended.length === 0)
    return left.length === 0 ? 'There is nothing that can be mended safely without you.\n\n' : '';
  const lines = mended.map(({ finding, fix }) => `${placeOf(finding)}\n    ${printable(fix.title)}\n`);
  return `${verb} ${count(mended.length)}:\n${lines.join('')}\n`;
}

/** What has a fix that is not made, and why. */
export function describeLeft({ left }: Described): string {
  if (left.length === 0) return '';
  const lines = left.map(
    ({ finding, fix, why }) =>
      `${placeOf(finding)}\n    not done: ${printable(fix.title)}; ${printable(why)}\n`,
  );
  return `Left ${count(left.length)} alone:\n${lines.join('')}\n`;
}

function count(findings: number): string {
  return findings === 1 ? '1 finding' : `${findings} findings`;
}

function placeOf({ path, line, column, rule, app }: Finding): string {
  return `  ${quotePath(path)}:${line}:${column}  ${rule}${app === null ? '' : `  ${quotePath(app)}`}`;
}
