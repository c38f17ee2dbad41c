/** Blobs that commits bring, each read once → findings that name the commit. For pushes and for histories. */
import { messageOf } from '@bulwark/model';
import type { FileMode, Finding, Problem, Rule, Skipped } from '@bulwark/model';
import { pathClass } from '@bulwark/secrets';
import type { Scanner } from '@bulwark/secrets';
import { chooseFiles, tooLarge } from './choose-files.ts';
import { toFindings } from './fold.ts';
import { judgeFiles } from './judge.ts';
import { isNotable } from './known-scans.ts';
import type { KnownScans } from './known-scans.ts';
import { scanBytes } from './scan-files.ts';
import { IGNORED_REASON, createIgnoresSecrets, withoutSecrets } from './secretlint-ignore.ts';
import type { IgnoresSecrets } from './secretlint-ignore.ts';
import type { Settings } from './settings.ts';
import { findSuppressions } from './suppressions.ts';
import { waive } from './waive.ts';

/** Where a commit brings a blob. */
export interface ObjectPlace {
  readonly path: string;
  readonly mode: FileMode;
  /** `null` where a tag names the blob itself. */
  readonly commit: string | null;
  /** Blob ids that the commit's parents have at the path. */
  readonly before: readonly string[];
}

export interface BroughtObject {
  readonly id: string;
  readonly size: number | null;
  readonly places: readonly ObjectPlace[];
}

export type StreamedObject<T> =
  | { readonly blob: T; readonly bytes: Uint8Array }
  /** `size` where it is over the limit. */
  | { readonly blob: T; readonly error: Error; readonly size?: number };

/** A way to many blobs. */
export interface ObjectSource<T extends BroughtObject = BroughtObject> {
  readonly blobs: readonly T[];
  /** The bytes of these blobs in groups, in order; bytes are looked at before the next group is asked for. */
  stream(blobs: readonly T[], limit: number): AsyncIterable<readonly StreamedObject<T>[]>;
  /** One blob by its id. */
  read(id: string, limit: number): Promise<Uint8Array>;
}

export interface JudgeOptions {
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly scanner: Scanner;
  readonly known: KnownScans;
  /** `YYYY-MM-DD`, UTC: the day waivers are judged at. */
  readonly today: string;
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
    (isByName ? blob.places : decidingPlaces(blob)).map(({ path, mode, commit, before }) => ({
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
  const problems: Problem[] = [...chosen.problems];
  const byBlob = groupByBlob<T, (typeof places)[number]>(chosen.wanted);
  const found = new Map<T, readonly Finding[]>();
  let files = 0;
  let bytes = 0;
  const unknown: T[] = [];
  for (const [blob, at] of byBlob) {
    const size = isByName ? null : cleanSize(blob.id, at, options.known);
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
      if (!isByName && holdsNothing(streamed, at, options)) continue;
      const findings: Finding[] = [];
      for (const place of at) {
        const judged = await judgePlace(source, place, streamed, { ...options, ignoresSecrets });
        findings.push(...judged.findings);
        problems.push(...judged.problems);
      }
      found.set(streamed.blob, findings);
    }
    options.onProgress?.(files, byBlob.size);
  }
  const skipped = [...chosen.skipped, ...[...ignored].map((path) => ({ path, reason: IGNORED_REASON }))];
  // In the order of the commits: which one brought a finding first counts.
  const findings = [...byBlob.keys()].flatMap((blob) => found.get(blob) ?? []);
  return { findings: oncePerPath(findings), problems, skipped, files, bytes };
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

/** Of several paths of one blob, those that can lead to different verdicts. */
function decidingPlaces({ places }: BroughtObject): readonly ObjectPlace[] {
  if (places.length === 1) return places;
  const byClass = new Map<string, ObjectPlace>();
  for (const place of places) {
    const key = `${pathClass(place.path)}\0${place.mode === '160000'}`;
    if (!byClass.has(key)) byClass.set(key, place);
  }
  return [...byClass.values()];
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

interface PlaceOptions extends JudgeOptions {
  readonly ignoresSecrets: IgnoresSecrets;
}

interface Streamed {
  readonly blob: BroughtObject;
  readonly bytes: Uint8Array;
}

async function judgePlace(
  source: Pick<ObjectSource, 'read'>,
  place: ObjectPlace,
  { blob, bytes }: Streamed,
  options: PlaceOptions,
): Promise<Pick<JudgedObjects, 'findings' | 'problems'>> {
  const { settings, today } = options;
  const { judged, problems } = await judgeBytes(place.path, blob.id, bytes, options);
  if (judged.length === 0) return { findings: [], problems };
  const text = Buffer.from(bytes).toString('utf8');
  const waived = await waive(judged, settings, today, () => Promise.resolve(text));
  const named =
    place.commit === null ? waived : waived.map((finding) => ({ ...finding, commit: place.commit! }));
  const before = await fingerprintsBefore(source, place, options);
  return {
    findings: named.map((finding) =>
      before.has(finding.fingerprint) ? asOlder(finding, settings) : finding,
    ),
    problems,
  };
}

async function judgeBytes(
  path: string,
  id: string,
  bytes: Uint8Array,
  { rules, scanner, settings, known, ignoresSecrets }: PlaceOptions,
): Promise<{ judged: Finding[]; problems: Problem[] }> {
  const { facts, problems } = await scanBytes(scanner, path, id, bytes);
  if (facts && problems.length === 0) known.set({ bytes: bytes.length, facts });
  const judgable = facts && ignoresSecrets(path) ? withoutSecrets(facts) : facts;
  const ofFile = judgeFiles(judgable ? [judgable] : [], [], rules, settings);
  return { judged: toFindings(ofFile.judged, settings), problems: [...problems, ...ofFile.problems] };
}

/** What the parents of the commit already had at the path: that is not what it brings. */
async function fingerprintsBefore(
  source: Pick<ObjectSource, 'read'>,
  { path, before }: ObjectPlace,
  options: PlaceOptions,
): Promise<Set<string>> {
  const known = new Set<string>();
  for (const id of before) {
    try {
      const bytes = await source.read(id, options.settings.maxFileSize);
      for (const { fingerprint } of (await judgeBytes(path, id, bytes, options)).judged)
        known.add(fingerprint);
    } catch {
      // What cannot be compared counts as new: it is reported, never let through.
    }
  }
  return known;
}

function asOlder(finding: Finding, { hooks }: Settings): Finding {
  return hooks.block === 'all' || hooks.always.includes(finding.rule) ? finding : { ...finding, older: true };
}

/** A later commit that only carries a finding along does not repeat it. */
function oncePerPath(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule}\0${finding.fingerprint}\0${finding.path}`;
    const seen = kept.get(key);
    if (!seen || (seen.older === true && finding.older !== true)) kept.set(key, finding);
  }
  return [...kept.values()];
}
