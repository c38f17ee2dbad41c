import type { EnvFile, Place, SecretHit } from '@bulwark/model';

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

/** A stretch of a text that a detector or the engine reports, before it is placed and masked. Never leaves the package. */
export interface Match {
  readonly detector: string;
  readonly title: string;
  /** What silences it: the rule id a suppression comment may name. */
  readonly ruleId: string;
  /** The secret itself, as text. */
  readonly secret: string;
  readonly place: Omit<Place, 'path'>;
  /** Of two matches of one secret the higher one names it. */
  readonly rank: number;
}

export const NOTHING: ScanResult = { hits: [], env: null, notChecked: [], disabledAt: null };
