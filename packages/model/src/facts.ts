import type { App, Generation, Mode } from './app.ts';
import type { Place } from './place.ts';
import type { Value } from './value.ts';

/** What one app says under one mode, for one version of Arkos. Plain data. */
export interface ModeFacts {
  readonly app: App;
  readonly generation: Generation;
  readonly mode: Mode;
  /** The effective configuration: every key with its value and origin, defaults of that version included. */
  readonly config: Value;
  /** What keeps the configuration from being read, if anything does. */
  readonly configProblem: ConfigProblem | null;
}

/** Why a configuration counts for less than was written. */
export interface ConfigProblem {
  readonly id: 'throws' | 'syntax-error' | 'no-config' | 'not-wrapped' | 'no-default-export' | 'never-read';
  readonly message: string;
  readonly place: Place | null;
}

/** What one file holds, as far as file rules ask. */
export interface FileFacts {
  readonly path: string;
  readonly secrets: readonly SecretHit[];
  /** What makes it an env file, `null` if it is none. */
  readonly env: EnvFile | null;
}

/** A secret that was found. Holds no part of the secret that could be used. */
export interface SecretHit {
  /** Which detector found it: `secretlint/aws`, `bulwark/jwt`. */
  readonly detector: string;
  /** What it is, in words: `AWS secret access key`. */
  readonly title: string;
  /** A shortened form that is safe to print. */
  readonly mask: string;
  /** `sha256("committed-secret", secret)` as hex, the fingerprint of its finding. */
  readonly fingerprint: string;
  readonly place: Place;
}

/** What kind of env file a file is. */
export interface EnvFile {
  /** How it was recognised. */
  readonly by: 'name' | 'content';
  /** `template`: every value is empty or a placeholder. `encrypted`: dotenvx or SOPS. `values`: it holds real values. */
  readonly holds: 'template' | 'encrypted' | 'values';
  /** First line with a real value; the file's start otherwise. */
  readonly place: Place;
  /** Name of the first variable with a real value, if any. */
  readonly variable: string | null;
}
