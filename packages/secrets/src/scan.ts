/** Bytes in, what leaks out. */
import { fingerprint } from '@bulwark/model';
import type { EnvFile, SecretHit } from '@bulwark/model';
import { classifyByContent, classifyByName } from './env-file.ts';
import { createEnvNames } from './env-names.ts';
import { findByPath, mayBeKeyStore } from './key-store.ts';
import { maskSecret } from './mask.ts';
import { mergeMatches } from './merge.ts';
import { prefilter } from './prefilter.ts';
import type { Prefiltered } from './prefilter.ts';
import { NOTHING } from './result.ts';
import type { Match, ScanInput, ScanResult } from './result.ts';
import { readSuppressions } from './suppressions.ts';
import { toText } from './text.ts';

export interface ScannerOptions {
  /** micromatch patterns of env files' names, in place of the defaults. */
  readonly envNames?: readonly string[] | undefined;
  /** Bytes; a larger file is not looked at, and says so. */
  readonly maxFileSize?: number | undefined;
}

export interface Scanner {
  /** Whether a scan of the file could say anything: cheap, and never wrong when it says no. */
  mayMatter(path: string, bytes: Uint8Array): boolean;
  scan(input: ScanInput): Promise<ScanResult>;
}

const DEFAULT_MAX_FILE_SIZE = 50 * 1024 * 1024;

export function createScanner(options: ScannerOptions = {}): Scanner {
  const isEnvName = createEnvNames(options.envNames);
  const maxFileSize = options.maxFileSize ?? DEFAULT_MAX_FILE_SIZE;
  return {
    mayMatter(path, bytes) {
      if (bytes.length > maxFileSize || isEnvName(path) || mayBeKeyStore(path)) return true;
      const { places, engine, hasComment } = prefilter(path, toText(bytes));
      return places.length > 0 || engine.length > 0 || hasComment;
    },
    async scan({ path, bytes }) {
      if (bytes.length > maxFileSize) {
        return { ...NOTHING, notChecked: [{ reason: `it is larger than ${maxFileSize} bytes` }] };
      }
      const text = toText(bytes);
      const seen = prefilter(path, text);
      const byPath = mayBeKeyStore(path) ? findByPath(path, bytes) : [];
      const isEnv = isEnvName(path);
      const hasNothing = seen.places.length === 0 && seen.engine.length === 0 && !seen.hasComment;
      if (hasNothing && !isEnv && byPath.length === 0) return NOTHING;
      return scanText(path, text, seen, isEnv, byPath);
    },
  };
}

async function scanText(
  path: string,
  text: Buffer,
  seen: Prefiltered,
  isEnv: boolean,
  byPath: readonly Match[],
): Promise<ScanResult> {
  const env = classify(path, text, seen, isEnv);
  const matches: Match[] = [...byPath];
  const reasons = seen.overflow.map(
    (keyword) => `the word "${keyword}" stands in too many places to look at each`,
  );
  if (seen.places.length > 0) {
    const { findByDetectors } = await import('./detector-matches.ts');
    const ours = findByDetectors(path, text, seen);
    matches.push(...ours.matches);
    reasons.push(
      ...ours.overBudget.map((id) => `the detector ${id} used up its budget before the end of the file`),
    );
  }
  if (seen.engine.length > 0) {
    const [{ runEngine }, { findByEngine }] = await Promise.all([
      import('./secretlint.ts'),
      import('./engine-matches.ts'),
    ]);
    matches.push(...(await findByEngine(runEngine, path, text, seen.engine)));
  }
  const suppressions = seen.hasComment ? readSuppressions(text.toString('utf8')) : null;
  const disabledAt = suppressions?.disabledAt ? { path, ...suppressions.disabledAt } : null;
  const hits = mergeMatches(matches, suppressions).map((match) => toHit(path, match));
  return { hits, env, notChecked: reasons.map((reason) => ({ reason })), disabledAt };
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
