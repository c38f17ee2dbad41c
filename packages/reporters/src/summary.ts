import { isBlocking } from '@bulwark/model';
import type { Report } from '@bulwark/model';

/** What a report comes to, in one line. */
export function summarize(report: Report): string {
  const counted = report.findings.filter(({ waived, older }) => waived === null && older !== true);
  const errors = counted.filter(isBlocking).length;
  const warnings = counted.filter(({ severity }) => severity === 'warn').length;
  const notes = counted.length - errors - warnings;
  const parts = [
    plural(errors, 'error'),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(notes > 0 ? [plural(notes, 'note')] : []),
  ];
  const found = counted.length === 0 ? 'No finding' : parts.join(', ');
  const older = report.findings.filter((finding) => finding.older === true && finding.waived === null).length;
  const waived = report.findings.filter((finding) => finding.waived !== null).length;
  const aside = [
    ...(older > 0 ? [`${older} older`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(report.complete ? [] : [`${report.problems.length} could not be checked`]),
  ];
  return aside.length > 0 ? `${found} (${aside.join(', ')})` : found;
}

const SOURCES = { index: 'what is staged', commit: 'the commit', worktree: 'the work tree' } as const;

/** What was looked at: an empty scan is told from a clean one. */
export function describeScan({ scanned, snapshot, part }: Report): string {
  const commit =
    snapshot.kind === 'commit' && snapshot.commit !== null ? ` ${snapshot.commit.slice(0, 12)}` : '';
  const size = scanned.files > 0 ? ` (${formatBytes(scanned.bytes)})` : '';
  return `looked at ${plural(scanned.files, 'file')}${size} and ${plural(scanned.apps, 'Arkos app')} in ${SOURCES[snapshot.kind]}${commit}${describePart(part)}`;
}

/** A part is told from the whole; a folder was named by whoever asked. */
function describePart(part: Report['part']): string {
  if (part?.of.kind === 'shard') return `, part ${part.of.index} of ${part.of.count}`;
  return part?.of.kind === 'workspace' ? ', outside every app' : '';
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
