/** Files → what they hold. What could not be read or scanned is said. */
import { UserError, messageOf } from '@bulwark/model';
import type { FileFacts, FileRef, Problem, Skipped, Snapshot } from '@bulwark/model';
import type { Scanner } from '@bulwark/secrets';
import { chooseFiles } from './choose-files.ts';
import { isNotable } from './known-scans.ts';
import type { KnownScans } from './known-scans.ts';
import { readAhead } from './read-ahead.ts';
import { IGNORED_REASON, createIgnoresSecrets, withoutSecrets } from './secretlint-ignore.ts';
import type { Settings } from './settings.ts';
import { findSuppressions } from './suppressions.ts';

export interface ScannedFiles {
  readonly facts: readonly FileFacts[];
  /** The text of files that hold something, by path: comments beside a finding are read from it. */
  readonly texts: ReadonlyMap<string, string>;
  readonly files: number;
  readonly bytes: number;
  readonly skipped: readonly Skipped[];
  readonly problems: readonly Problem[];
}

export async function scanFiles(
  snapshot: Snapshot,
  files: readonly FileRef[],
  settings: Settings,
  scanner: Scanner,
  known: KnownScans,
): Promise<ScannedFiles> {
  const { wanted, skipped: unwanted, problems: unread } = chooseFiles(files, settings);
  const ignoresSecrets = createIgnoresSecrets(settings.secretlintIgnore);
  const skipped = [...unwanted];
  const facts: FileFacts[] = [];
  const problems: Problem[] = [...unread];
  const texts = new Map<string, string>();
  let count = 0;
  let bytes = 0;
  const keep = (found: FileFacts): FileFacts => {
    if (!ignoresSecrets(found.path)) return found;
    skipped.push({ path: found.path, reason: IGNORED_REASON });
    return withoutSecrets(found);
  };
  const answers = wanted.map(({ path, blob }) => known.get(path, blob));
  const reads = readAhead(
    wanted.filter((_, at) => answers[at] === undefined),
    ({ size }) => size,
    (file) => snapshot.read(file),
  );
  for (const [at, { path, blob }] of wanted.entries()) {
    const answer = answers[at];
    if (answer) {
      count += 1;
      bytes += answer.bytes;
      facts.push(keep(answer.facts));
      continue;
    }
    const { value: read } = await reads.next();
    if (!read) throw new Error('the reads ended before the files did');
    if ('error' in read) {
      problems.push({ path, message: `${UNREAD}${messageOf(read.error)}` });
      continue;
    }
    count += 1;
    bytes += read.bytes.length;
    const scanned = await scanBytes(scanner, path, blob, read.bytes);
    problems.push(...scanned.problems);
    if (!scanned.facts) continue;
    facts.push(keep(scanned.facts));
    if (scanned.problems.length === 0) known.set({ bytes: read.bytes.length, facts: scanned.facts });
    if (isNotable(scanned.facts)) texts.set(path, Buffer.from(read.bytes).toString('utf8'));
  }
  return { facts, texts, files: count, bytes, skipped, problems };
}

const UNREAD = 'could not be read: ';

/** Whether a problem is that of a file whose bytes nobody saw, so that it does not count as looked at. */
export function isUnread({ path, message }: Problem): boolean {
  return path !== null && message.startsWith(UNREAD);
}

/** What some bytes hold under a path; no facts if they could not be scanned. */
export async function scanBytes(
  scanner: Scanner,
  path: string,
  blob: string | null,
  bytes: Uint8Array,
): Promise<{ facts: FileFacts | null; problems: Problem[] }> {
  try {
    const { hits, env, notChecked, disabledAt } = await scanner.scan({ path, bytes });
    const suppressions = findSuppressions(path, bytes, disabledAt);
    const problems = notChecked.map(({ reason }) => ({ path, message: `was not checked: ${reason}` }));
    return {
      facts: { path, blob, secrets: hits, env, ...(suppressions.length > 0 && { suppressions }) },
      problems,
    };
  } catch (error) {
    // A mistake in the scanner's own settings is not about this file.
    if (error instanceof UserError) throw error;
    return { facts: null, problems: [{ path, message: `could not be scanned: ${messageOf(error)}` }] };
  }
}
