/** Files → what they hold. What could not be read or scanned is said. */
import { messageOf } from '@bulwark/model';
import type { FileFacts, FileRef, Problem, Skipped, Snapshot } from '@bulwark/model';
import type { Scanner } from '@bulwark/secrets';
import { chooseFiles } from './choose-files.ts';
import { readAhead } from './read-ahead.ts';
import type { Settings } from './settings.ts';
import { findSuppressions } from './suppressions.ts';

export interface ScannedFiles {
  readonly facts: readonly FileFacts[];
  /** The text of every file that holds something, by path: comments beside a finding are read from it. */
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
): Promise<ScannedFiles> {
  const { wanted, skipped, problems: unread } = chooseFiles(files, settings);
  const facts: FileFacts[] = [];
  const problems: Problem[] = [...unread];
  const texts = new Map<string, string>();
  let count = 0;
  let bytes = 0;
  for await (const read of readAhead(
    wanted,
    ({ size }) => size,
    (file) => snapshot.read(file),
  )) {
    const { path, blob } = read.item;
    if ('error' in read) {
      problems.push({ path, message: `could not be read: ${messageOf(read.error)}` });
      continue;
    }
    count += 1;
    bytes += read.bytes.length;
    const scanned = await scanBytes(scanner, path, blob, read.bytes);
    problems.push(...scanned.problems);
    if (!scanned.facts) continue;
    facts.push(scanned.facts);
    if (isNotable(scanned.facts)) texts.set(path, Buffer.from(read.bytes).toString('utf8'));
  }
  return { facts, texts, files: count, bytes, skipped, problems };
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
    return { facts: null, problems: [{ path, message: `could not be scanned: ${messageOf(error)}` }] };
  }
}

/** Whether there is anything a file rule could object to. */
function isNotable({ secrets, env, suppressions }: FileFacts): boolean {
  return secrets.length > 0 || env !== null || suppressions !== undefined;
}
