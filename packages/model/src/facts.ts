import type { App, Generation, Mode } from './app.ts';
import type { Place } from './place.ts';
import type { RouteFacts } from './route-facts.ts';
import type { Settings } from './settings.ts';
import type { StartFacts } from './start-facts.ts';
import type { Value } from './value.ts';

/** What one app says under one mode, for one version of Arkos. Plain data. */
export interface ModeFacts {
  readonly app: App;
  readonly generation: Generation;
  /**
   * The version judged: the installed one, or, where only a range is known, one that stands for all of them
   * that behave alike. Facts with the same version belong together, one for each mode; a verdict stands if
   * it is the same for every version.
   */
  readonly version: string;
  readonly mode: Mode;
  /**
   * The effective configuration in that version's own spelling: every key with its value and origin, defaults
   * of that version included. Secrets are hidden.
   */
  readonly config: Value;
  /** What is in force, under names that are the same for every version. */
  readonly settings: Settings;
  /** Every key that was written, in the order of the source. */
  readonly writtenKeys: readonly WrittenKey[];
  /** What keeps the configuration from being read, if anything does: the gravest of {@link configProblems}. */
  readonly configProblem: ConfigProblem | null;
  /** Everything that makes the configuration count for less, or for something else, than was written. */
  readonly configProblems: readonly ConfigProblem[];
  readonly environment: ModeEnvironment;
  /** What it answers to over HTTP; left out where nobody gathered it. */
  readonly routes?: RouteFacts;
  /** Socket.IO servers its entry makes; left out where nobody looked. */
  readonly sockets?: readonly SocketServer[];
  /** How it is started, the same in every mode; left out where nobody gathered it. */
  readonly start?: StartFacts;
}

/** A server beside Arkos's own that answers other origins as it was told. */
export interface SocketServer {
  /** The call that makes it. */
  readonly place: Place;
  /** The origins that may connect, as an effect like the value of a CORS setting. */
  readonly origin: Value;
}

/** Why a configuration counts for less than was written. */
export interface ConfigProblem {
  readonly id:
    | 'throws'
    | 'may-throw'
    | 'syntax-error'
    | 'no-config'
    | 'not-wrapped'
    | 'no-default-export'
    | 'never-read'
    | 'wrong-import'
    | 'stale-twin'
    | 'not-built'
    | 'dead-options';
  /**
   * What comes of it. `defaults`: the app runs on that version's defaults, as if nothing was written.
   * `exits`: it does not start. `differs`: another file counts in this mode. `nothing`: only what is named
   * does not count.
   */
  readonly effect: 'defaults' | 'exits' | 'differs' | 'nothing';
  readonly message: string;
  readonly place: Place | null;
}

/** One key somebody wrote in the configuration. */
export interface WrittenKey {
  /** Dotted path: `authentication.requestRateLimitOptions`. */
  readonly path: string;
  readonly place: Place;
  /**
   * `read`: that version reads it. `renamed`: it reads another key instead. `unread`: nothing does.
   * `ignored`: it would be read, but something else beside it wins.
   */
  readonly status: 'read' | 'renamed' | 'unread' | 'ignored';
  /** What to write in that version instead, in full; `null` if there is nothing to write. */
  readonly instead: string | null;
  /** Why it does not count, as a sentence without a full stop; `null` if it does. */
  readonly why: string | null;
  /**
   * The key that takes its place beside the same neighbours, where renaming it is all there is to do: it is
   * written out once, in the app's own file, and nothing has that name yet. Left out otherwise.
   */
  readonly renamesTo?: string;
}

/** What an app's process sees of the environment in one mode, as far as the repository shows it. */
export interface ModeEnvironment {
  /** NODE_ENV in the process that serves requests, with where it was set (FACTS §1.6, §2). */
  readonly nodeEnv: Value;
  /** NODE_ENV as the command sets it where nothing else does. */
  readonly nodeEnvByCommand: string;
  /** Which values of NODE_ENV the command replaces by its own (FACTS §2). */
  readonly nodeEnvReplaced: readonly string[] | 'all';
  /** The env files this version reads in this mode, in the order they apply: later ones win. */
  readonly files: readonly { readonly path: string; readonly isPresent: boolean }[];
  /** Whether env files win over the variables the process was started with (FACTS §1.6). */
  readonly filesWin: boolean;
  /** Variables the repository or the settings set, by name, with where. Secrets are hidden. */
  readonly variables: Readonly<Record<string, Value>>;
}

/** What one file holds, as far as file rules ask. */
export interface FileFacts {
  readonly path: string;
  /** Git's object id of the bytes, where it is known. */
  readonly blob: string | null;
  readonly secrets: readonly SecretHit[];
  /** What makes it an env file, `null` if it is none. */
  readonly env: EnvFile | null;
  /** Comments that mean to accept findings and do not say enough for it; left out where there are none. */
  readonly suppressions?: readonly Suppression[];
}

/** A comment that accepts nothing, or everything. */
export interface Suppression {
  /**
   * `no-reason`, `no-fingerprint`: a `bulwark-allow` that lacks it, so that it accepts nothing. `whole-file`: a
   * `secretlint-disable` that nothing ends.
   */
  readonly kind: 'no-reason' | 'no-fingerprint' | 'whole-file';
  /** The rule it names, `null` for a whole file. */
  readonly rule: string | null;
  readonly place: Place;
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
