/** One blob's bytes, judged at every place that brings it: what is ignored, waived or older at one is not at another. */
import { pathClass } from '@bulwark/secrets';
import type { Scanner } from '@bulwark/secrets';
import type { FileFacts, Finding, Place, Problem, Rule } from '@bulwark/model';
import { firstOfEach } from './brought-objects.ts';
import type { ObjectPlace, ObjectSource } from './brought-objects.ts';
import { toFindings } from './fold.ts';
import { judgeFiles } from './judge.ts';
import type { KnownScans } from './known-scans.ts';
import { scanBytes } from './scan-files.ts';
import { withoutSecrets } from './secretlint-ignore.ts';
import type { IgnoresSecrets } from './secretlint-ignore.ts';
import type { Settings } from './settings.ts';
import { waive } from './waive.ts';

export interface BlobOptions {
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly scanner: Scanner;
  readonly known: KnownScans;
  /** `YYYY-MM-DD`, UTC: the day waivers are judged at. */
  readonly today: string;
  readonly ignoresSecrets: IgnoresSecrets;
  /** Whether what copies of one class bring alike is told of each, and not of the first alone. */
  readonly tellsCopies: boolean;
  readonly read: ObjectSource['read'];
}

export interface JudgedBlob {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

export async function judgeBlob(
  id: string,
  bytes: Uint8Array,
  places: readonly ObjectPlace[],
  options: BlobOptions,
): Promise<JudgedBlob> {
  const { settings, today, tellsCopies } = options;
  const scans = createScans(options);
  const kept = new Map<string, Finding>();
  const problems: Problem[] = [];
  let text: string | undefined;
  const readText = (): Promise<string> => Promise.resolve((text ??= Buffer.from(bytes).toString('utf8')));
  for (const place of places) {
    const { path, commit } = place;
    const scan = await scans.scan(path, id, () => Promise.resolve(bytes));
    const ofPlace = judgeScan(scan, path, options);
    problems.push(...ofPlace.problems);
    if (ofPlace.judged.length === 0) continue;
    const before = await fingerprintsBefore(place, scans, options);
    for (const waived of await waive(ofPlace.judged, settings, today, readText)) {
      const named = commit === null ? waived : { ...waived, commit };
      const finding = before.has(waived.fingerprint) ? asOlder(named, settings) : named;
      const key = keyOf(finding, tellsCopies ? path : pathClass(path));
      if (!kept.has(key)) kept.set(key, finding);
    }
  }
  const distinct = firstOfEach(problems, ({ path, message }) => `${path}\0${message}`);
  return { findings: [...kept.values()], problems: distinct };
}

/** What is waived or older at one copy says nothing of another; those alike are one, or a folder copied often floods the report. */
function keyOf({ rule, line, column, message, waived, older }: Finding, where: string): string {
  return JSON.stringify([rule, where, line, column, message, waived !== null, older === true]);
}

interface Scan {
  readonly facts: FileFacts | null;
  readonly problems: readonly Problem[];
}

interface Scans {
  scan(path: string, id: string, read: () => Promise<Uint8Array>): Promise<Scan>;
}

/** Scans a blob once for each class of paths: copies may be many, and what they were before is often the same. */
function createScans({ scanner, known }: Pick<BlobOptions, 'scanner' | 'known'>): Scans {
  const done = new Map<string, Promise<Scan>>();
  const scan = async (path: string, id: string, bytes: Uint8Array): Promise<Scan> => {
    const scanned = await scanBytes(scanner, path, id, bytes);
    if (scanned.facts && scanned.problems.length === 0)
      known.set({ bytes: bytes.length, facts: scanned.facts });
    return scanned;
  };
  return {
    scan(path, id, read) {
      const key = `${id} ${pathClass(path)}`;
      const scanned = done.get(key) ?? read().then((bytes) => scan(path, id, bytes));
      done.set(key, scanned);
      return scanned;
    },
  };
}

/** What the rules say of a scan, as of this path. */
function judgeScan(
  { facts, problems }: Scan,
  path: string,
  { rules, settings, ignoresSecrets }: BlobOptions,
): { readonly judged: Finding[]; readonly problems: readonly Problem[] } {
  const moved = facts && movedTo(path, facts);
  const judgable = moved && ignoresSecrets(path) ? withoutSecrets(moved) : moved;
  const ofFile = judgeFiles(judgable ? [judgable] : [], [], rules, settings);
  return {
    judged: toFindings(ofFile.judged, settings),
    problems: [...problems.map((problem) => ({ ...problem, path })), ...ofFile.problems],
  };
}

/** The same facts of another path of the same class. */
function movedTo(path: string, facts: FileFacts): FileFacts {
  if (facts.path === path) return facts;
  const move = <T extends { readonly place: Place }>(one: T): T => ({
    ...one,
    place: { ...one.place, path },
  });
  const { secrets, env, suppressions } = facts;
  return {
    ...facts,
    path,
    secrets: secrets.map(move),
    env: env && move(env),
    ...(suppressions && { suppressions: suppressions.map(move) }),
  };
}

/** What the parents of the commit already had at the path: that is not what it brings. */
async function fingerprintsBefore(
  { path, before }: ObjectPlace,
  scans: Scans,
  options: BlobOptions,
): Promise<Set<string>> {
  const known = new Set<string>();
  for (const id of before) {
    try {
      const scan = await scans.scan(path, id, () => options.read(id, options.settings.maxFileSize));
      for (const { fingerprint } of judgeScan(scan, path, options).judged) known.add(fingerprint);
    } catch {
      // What cannot be compared counts as new: it is reported, never let through.
    }
  }
  return known;
}

function asOlder(finding: Finding, { hooks }: Settings): Finding {
  return hooks.block === 'all' || hooks.always.includes(finding.rule) ? finding : { ...finding, older: true };
}
