import type { EnvFile, Place, SecretHit } from '@bulwark/model';
import type { Span } from './lines.ts';

/** One file to look at. */
export interface ScanInput {
  /** From the snapshot's root, `/`-separated. It decides some detectors and whether the file is an env file. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What one file holds, and what could not be looked at. */
export interface ScanResult {
  /** In order of their places. */
  readonly hits: readonly SecretHit[];
  readonly env: EnvFile | null;
  /** Why a part of the file was not looked at; never empty in silence. */
  readonly notChecked: readonly NotChecked[];
  /** A `secretlint-disable` comment that silences the file from there to its end, if there is one. */
  readonly disabledAt: Place | null;
}

export interface NotChecked {
  /** In words, without any text of the file. */
  readonly reason: string;
}

/** A secret before it is placed in a file and masked. Never leaves the package. */
export interface Match {
  readonly detector: string;
  readonly title: string;
  /** The ids a suppression comment may name. */
  readonly ruleIds: readonly string[];
  readonly secret: string;
  readonly span: Span;
  /** Of two matches of one secret the higher one names it. */
  readonly rank: number;
}

/** A file that holds nothing. */
export const NOTHING: ScanResult = { hits: [], env: null, notChecked: [], disabledAt: null };
