/** Blobs that commits bring, each read once → findings that name the commit. For pushes and for histories. */
import { messageOf } from '@bulwark/model';
import type { Finding, Problem, Skipped } from '@bulwark/model';
import { pathClass } from '@bulwark/secrets';
import { firstOfEach, oncePerPath } from './brought-objects.ts';
import type { BroughtObject, ObjectPlace, ObjectSource } from './brought-objects.ts';
import { chooseFiles, tooLarge } from './choose-files.ts';
import { judgeBlob } from './judge-blob.ts';
import type { BlobOptions } from './judge-blob.ts';
import { isNotable } from './known-scans.ts';
import type { KnownScans } from './known-scans.ts';
import { IGNORED_REASON, createIgnoresSecrets } from './secretlint-ignore.ts';
import { findSuppressions } from './suppressions.ts';
import { withoutRepeats } from './without-repeats.ts';

export interface JudgeOptions extends Omit<BlobOptions, 'ignoresSecrets' | 'tellsCopies' | 'read'> {
  /** Told now and then how many blobs are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface JudgedObjects {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly skipped: readonly Skipped[];
  readonly files: number;
  readonly bytes: number;
}

export async function judgeObjects<T extends BroughtObject>(
  source: ObjectSource<T>,
  options: JudgeOptions,
): Promise<JudgedObjects> {
  const { settings } = options;
  // A team's rule may judge a file by its name alone: then every place counts, and what is clean as well.
  const isByName = options.rules.some(({ kind, plugin }) => kind === 'file' && plugin !== undefined);
  const places = source.blobs.flatMap((blob) =>
    oncePerPath(blob.places).map(({ path, mode, commit, before }) => ({
      path,
      mode,
      commit,
      before,
      size: blob.size,
      blob,
    })),
  );
  const chosen = chooseFiles(places, settings);
  const ignoresSecrets = createIgnoresSecrets(settings.secretlintIgnore);
  const ignored = new Set(chosen.wanted.map(({ path }) => path).filter(ignoresSecrets));
  const read: BlobOptions['read'] = (id, limit) => source.read(id, limit);
  const ofBlob: BlobOptions = { ...options, ignoresSecrets, tellsCopies: isByName, read };
  const problems: Problem[] = [...chosen.problems];
  const byBlob = groupByBlob<T, (typeof places)[number]>(chosen.wanted);
  const found = new Map<T, readonly Finding[]>();
  let files = 0;
  let bytes = 0;
  const unknown: T[] = [];
  for (const [blob, at] of byBlob) {
    const size = isByName ? null : cleanSize(blob.id, onePerClass(at), options.known);
    if (size === null) {
      unknown.push(blob);
      continue;
    }
    files += 1;
    bytes += size;
  }
  // Git keeps what is new whole and what is older as a difference from it, so this way round is read faster.
  for await (const group of source.stream(unknown.toReversed(), settings.maxFileSize)) {
    for (const streamed of group) {
      const at = byBlob.get(streamed.blob) ?? [];
      if ('error' in streamed && streamed.size !== undefined) {
        const { size } = streamed;
        problems.push(...at.map(({ path }) => tooLarge(path, size, settings)));
        continue;
      }
      files += 1;
      if ('error' in streamed) {
        problems.push(
          ...at.map(({ path }) => ({ path, message: `could not be read: ${messageOf(streamed.error)}` })),
        );
        continue;
      }
      bytes += streamed.bytes.length;
      if (!isByName && holdsNothing(streamed, onePerClass(at), options)) continue;
      const { blob } = streamed;
      const judged = await judgeBlob(blob.id, streamed.bytes, bringingsAt(blob, at), ofBlob);
      problems.push(...judged.problems);
      found.set(blob, judged.findings);
    }
    options.onProgress?.(files, byBlob.size);
  }
  const skipped = [...chosen.skipped, ...[...ignored].map((path) => ({ path, reason: IGNORED_REASON }))];
  // In the order of the commits: which one brought a finding first counts.
  const findings = [...byBlob.keys()].flatMap((blob) => found.get(blob) ?? []);
  // A later commit that only carries a finding along does not repeat it.
  const once = withoutRepeats(findings, ({ rule, fingerprint, path }) => [rule, fingerprint, path]);
  return { findings: once, problems, skipped, files, bytes };
}

/** Bytes of a blob that is known to hold nothing under any of these paths; otherwise `null`. */
function cleanSize(id: string, places: readonly ObjectPlace[], known: KnownScans): number | null {
  let size: number | null = null;
  for (const { path } of places) {
    const scan = known.get(path, id);
    if (!scan || isNotable(scan.facts)) return null;
    size = scan.bytes;
  }
  return size;
}

/** Whether a first look says that there is nothing to judge under any of these paths; then that is remembered. */
function holdsNothing(
  { blob, bytes }: Streamed,
  places: readonly ObjectPlace[],
  { scanner, known }: Pick<JudgeOptions, 'scanner' | 'known'>,
): boolean {
  const isClean = places.every(
    ({ path }) => !scanner.mayMatter(path, bytes) && findSuppressions(path, bytes, null).length === 0,
  );
  if (!isClean) return false;
  for (const { path } of places)
    known.set({ bytes: bytes.length, facts: { path, blob: blob.id, secrets: [], env: null } });
  return true;
}

/** Of several paths of one blob, one of each class: a scan of the bytes says the same of all of them. */
function onePerClass<P extends ObjectPlace>(places: readonly P[]): readonly P[] {
  return places.length < 2 ? places : firstOfEach(places, ({ path }) => pathClass(path));
}

/** Every place that brings the blob to one of these paths. */
function bringingsAt({ places }: BroughtObject, wanted: readonly ObjectPlace[]): readonly ObjectPlace[] {
  const paths = new Set(wanted.map(({ path }) => path));
  return places.filter(({ path }) => paths.has(path));
}

function groupByBlob<T, P extends { readonly blob: T }>(places: readonly P[]): Map<P['blob'], P[]> {
  const groups = new Map<P['blob'], P[]>();
  for (const place of places) {
    const group = groups.get(place.blob);
    if (group) group.push(place);
    else groups.set(place.blob, [place]);
  }
  return groups;
}

interface Streamed {
  readonly blob: BroughtObject;
  readonly bytes: Uint8Array;
}
