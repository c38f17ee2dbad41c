/**
 * What one release of Arkos does with an app's configuration and environment: everything that changed between
 * releases, as data. Each generation's file fills it in; nothing else in this package asks for a version.
 */
import type { Generation, Json } from '@bulwark/model';

/** The two ways of running an app. */
export type Command = 'dev' | 'start';

export interface Behaviour {
  readonly generation: Generation;
  /** Where configuration is declared (FACTS §1.1). */
  readonly carrier: 'init' | 'default-export' | 'define-config';
  /** How what was written meets the defaults (FACTS §1.4). */
  readonly merge: 'deep' | 'sections';
  /** What a configuration that throws comes to: the app runs on defaults, or it does not start (FACTS §1.2). */
  readonly whenConfigThrows: 'defaults' | 'exits';
  /** How the config file's extension is chosen (FACTS §1.2); `none` where there is no such file. */
  readonly configExtension: 'none' | 'entry-file' | 'tsconfig-or-dependency';
  /** What makes it production: errors without stacks, enforcement at boot (FACTS §2). */
  readonly productionBy: 'NODE_ENV' | 'ARKOS_BUILD';
  readonly commands: Readonly<Record<Command, CommandBehaviour>>;
  readonly envFiles: EnvFilesBehaviour;
  readonly cors: CorsBehaviour;
  readonly globalRateLimit: RateLimitBehaviour;
  /** `null` where no key of the configuration sets it (FACTS §3.3). */
  readonly authRateLimit: RateLimitBehaviour | null;
  readonly cookie: CookieBehaviour;
  /** What a number in `jwt.expiresIn` means to the cookie (FACTS §3.5). */
  readonly cookieLifetimeUnit: 'seconds' | 'days';
  /** Whether production without a secret refuses to start (FACTS §3.4). */
  readonly enforcesSecret: boolean;
  readonly unknownFields: UnknownFieldsBehaviour;
  /** What `validation: { body: false }` does to input: refuse it, or let it through unvalidated (FACTS §3.12). */
  readonly falseValidator: 'refuses' | 'passes';
  /** Whether `routers.strict` does anything, is there in vain, or is not there at all (FACTS §3.11). */
  readonly strict: 'read' | 'unread' | 'none';
  /** Defaults of the configuration object itself, as far as any rule asks. */
  readonly defaults: Json;
  /** Defaults that differ under `arkos start`. */
  readonly defaultsWhenBuilt: Json;
  readonly fileUploadEnabled: 'unread' | 'inverted';
  /** Every key it reads; `x.*` stands for `x` and anything below it. */
  readonly keys: readonly string[];
  /** Keys it does not read that people write all the same, with what to write instead (FACTS §8, §9). */
  readonly dead: Readonly<Record<string, DeadKey>>;
}

/** FACTS §2. */
export interface CommandBehaviour {
  /** NODE_ENV where nothing sets it. */
  readonly nodeEnv: string;
  /** Which values of NODE_ENV it replaces by its own: none, these, or every one. */
  readonly replaces: readonly string[] | 'all';
  /** What else it sets for the app's process. */
  readonly sets: Readonly<Record<string, string>>;
}

/** FACTS §1.6. */
export interface EnvFilesBehaviour {
  /**
   * `one`: `.env.<NODE_ENV>` for six known names, else `.env`. `env-last`: `.env.defaults` first, `.env` last.
   * `local-last`: `.env` first, `.env.<NODE_ENV>.local` last.
   */
  readonly order: 'one' | 'env-last' | 'local-last';
  /** Whether the files win over the environment the process was started with. */
  readonly win: boolean;
  /** Whether `arkos start` skips files that end in `.local`. */
  readonly startSkipsLocal: boolean;
  /** Whether `${VAR}` is expanded, among the files only. */
  readonly expand: boolean;
}

/** FACTS §3.1. */
export interface CorsBehaviour {
  /** The key that holds everything. */
  readonly key: 'cors' | 'middlewares.cors';
  /** The key a message tells people to write. */
  readonly originKey: string;
  /** Whether an app that says nothing is closed to other origins, or open to them. */
  readonly whenOmitted: 'blocks' | 'open';
  /** Names in `middlewares.disable` and `middlewares.replace`, where there are such keys. */
  readonly disableName: string | null;
  readonly replaceKey: string | null;
}

/** FACTS §3.2, §3.3. */
export interface RateLimitBehaviour {
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly disableName: string | null;
  readonly replaceKey: string | null;
  /** Whether `false` or a function may stand in its place. */
  readonly takesHandler: boolean;
}

/** FACTS §3.6 to §3.8. */
export interface CookieBehaviour {
  readonly httpOnly: 'always' | 'configurable';
  readonly secure: 'any-of' | 'config-else-any-of' | 'config-else-env-else-request';
  readonly sameSite: 'always-none-once-set' | 'lax';
  /** Whether the raw object is spread on top, so that a key with `undefined` erases the flag. */
  readonly spread: boolean;
}

/** FACTS §3.10: what becomes of a field the validator does not know. */
export interface UnknownFieldsBehaviour {
  readonly zod: 'stripped' | 'rejected-unless-off';
  readonly classValidator: 'stripped' | 'whitelist-by-default' | 'by-options';
  /** Whether `validation.validationOptions` is there at all. */
  readonly hasOptions: boolean;
}

export interface DeadKey {
  /** The key to write instead; `null` if there is none. */
  readonly instead: string | null;
  /** As a sentence without a full stop. */
  readonly why: string;
}
