/** Bytes in, what leaks out. */
import { fingerprint } from '@bulwark/model';
import type { EnvFile, SecretHit } from '@bulwark/model';
import { createAllows } from './allows.ts';
import type { DetectorMatches } from './detector-matches.ts';
import { classifyByContent, classifyByName } from './env-file.ts';
import { createEnvNames } from './env-names.ts';
import { findByPath, mayBeKeyStore } from './key-store.ts';
import { maskSecret } from './mask.ts';
import { mergeMatches } from './merge.ts';
import { prefilter } from './prefilter.ts';
import type { Prefiltered } from './prefilter.ts';
import { NOTHING } from './result.ts';
import type { Match, ScanInput, ScanResult } from './result.ts';
import { allowedBy, extraRules } from './secretlint-config.ts';
import type { SecretlintConfig } from './secretlint-config.ts';
import { readSuppressions } from './suppressions.ts';
import { toText } from './text.ts';

export interface ScannerOptions {
  /** micromatch patterns of names of env files, beside the defaults. */
  readonly envFiles?: readonly string[] | undefined;
  /** Bytes; a larger file is not looked at, and says so. */
  readonly maxFileSize?: number | undefined;
  /** The repository's own secretlint configuration, from `loadSecretlintConfig`. */
  readonly secretlint?: SecretlintConfig | undefined;
}

export interface Scanner {
  /** Whether a scan of the file could say anything: cheap, and never wrong when it says no. */
  mayMatter(path: string, bytes: Uint8Array): boolean;
  scan(input: ScanInput): Promise<ScanResult>;
}

const DEFAULT_MAX_FILE_SIZE = 50 * 1024 * 1024;

export function createScanner(options: ScannerOptions = {}): Scanner {
  const isEnvName = createEnvNames(options.envFiles);
  const maxFileSize = options.maxFileSize ?? DEFAULT_MAX_FILE_SIZE;
  const config = options.secretlint ?? { rules: [] };
  const hasExtraRules = extraRules(config).length > 0;
  const isAllowed = createAllows(allowedBy(config));
  const engine = remember(async () => (await import('./secretlint.ts')).createEngine(config));
  return {
    mayMatter(path, bytes) {
      if (bytes.length > maxFileSize || isEnvName(path) || mayBeKeyStore(path) || hasExtraRules) return true;
      return hasSomething(prefilter(path, toText(bytes)));
    },
    scan({ path, bytes }) {
      if (bytes.length > maxFileSize) {
        return Promise.resolve({
          ...NOTHING,
          notChecked: [{ reason: `it is larger than ${maxFileSize} bytes` }],
        });
      }
      const text = toText(bytes);
      const seen = prefilter(path, text);
      // Of most files there is nothing to say, so that they share one answer.
      return hasSomething(seen) || isEnvName(path) || mayBeKeyStore(path) || hasExtraRules
        ? look(path, bytes, text, seen)
        : NOTHING_FOUND;
    },
  };

  async function look(path: string, bytes: Uint8Array, text: Buffer, seen: Prefiltered): Promise<ScanResult> {
    const byPath = mayBeKeyStore(path) ? findByPath(path, bytes) : [];
    const isEnv = isEnvName(path);
    if (!hasSomething(seen) && !isEnv && byPath.length === 0 && !hasExtraRules) return NOTHING;
    const ours = seen.places.length > 0 ? await findOurs(path, text, seen) : { matches: [], overBudget: [] };
    const matches = [...byPath, ...ours.matches];
    if (seen.engine.length > 0 || hasExtraRules) {
      const { findByExtraRules, findByPreset } = await import('./engine-matches.ts');
      if (seen.engine.length > 0) matches.push(...(await findByPreset(engine, path, text, seen.engine)));
      if (hasExtraRules) matches.push(...(await findByExtraRules(await engine(), path, text)));
    }
    const suppressions = seen.hasComment ? readSuppressions(text.toString('utf8')) : null;
    const kept = mergeMatches(matches, suppressions).filter(({ secret }) => !isAllowed(secret));
    return {
      hits: kept.map((match) => toHit(path, match)),
      env: classify(path, text, seen, isEnv),
      notChecked: [...seen.overflow.map(tooMany), ...ours.overBudget.map(tooLong)].map((reason) => ({
        reason,
      })),
      disabledAt: suppressions?.disabledAt ? { path, ...suppressions.disabledAt } : null,
    };
  }
}

const NOTHING_FOUND = Promise.resolve(NOTHING);

function hasSomething({ places, engine, hasComment }: Prefiltered): boolean {
  return places.length > 0 || engine.length > 0 || hasComment;
}

async function findOurs(path: string, text: Buffer, seen: Prefiltered): Promise<DetectorMatches> {
  const { findByDetectors } = await import('./detector-matches.ts');
  return findByDetectors(path, text, seen);
}

/** Makes a thing once, when it is first asked for. */
function remember<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function tooMany(keyword: string): string {
  return `the word "${keyword}" stands in too many places to look at each`;
}

function tooLong(id: string): string {
  return `the detector ${id} used up its budget before the end of the file`;
}

function classify(path: string, text: Buffer, seen: Prefiltered, isEnv: boolean): EnvFile | null {
  if (isEnv) return classifyByName(path, text.toString('utf8'));
  return seen.places.length > 0 ? classifyByContent(path, text) : null;
}

function toHit(path: string, { detector, title, secret, span }: Match): SecretHit {
  return {
    detector,
    title,
    mask: maskSecret(secret),
    fingerprint: fingerprint('committed-secret', secret),
    place: { path, ...span },
  };
}
