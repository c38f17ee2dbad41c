/**
 * The security settings of an app as they are in force, under one name each whatever the version calls
 * them, so that no rule knows a key's history, a default or a merge.
 */
import type { Place } from './place.ts';
import type { Value } from './value.ts';

/** One setting as one version of Arkos understands it. */
export interface Setting {
  /** The key this version reads, as it must be written there: what a message tells people to write. */
  readonly key: string;
  /**
   * What is in force: what was written, else the variable Arkos reads in its place, else the default of that
   * version, each told apart by its origin. Never `absent`, unless the setting then has no effect at all.
   */
  readonly value: Value;
  /** The key as it stands in the configuration, before anything is folded in; `absent` if it was not written. */
  readonly written: Value;
  /** Where to point: at the key if it was written, else at the nearest thing that could have held it. */
  readonly place: Place;
  /** The variable Arkos itself reads where the key is left out (FACTS §1.5); `null` if there is none. */
  readonly variable: string | null;
  /**
   * The whole property, where it and every section around it are written out in one piece in the file the
   * configuration is in: what stands there is read from nowhere else, so it can be changed there. Left out
   * where it comes from a constant, a spread, another file or a choice.
   */
  readonly site?: Place;
}

/** Every setting the rules ask about; `null` where that version has no such setting. */
export interface Settings {
  readonly cors: CorsSetting;
  /** The limit on all requests. */
  readonly globalRateLimit: RateLimitSetting;
  /**
   * The limit on login and its sisters; `null` where no configuration key sets it (2.0-next), which leaves
   * the built-in limit or one on the route.
   */
  readonly authRateLimit: RateLimitSetting | null;
  readonly authentication: AuthenticationSettings;
  readonly jwt: JwtSettings;
  readonly validation: ValidationSettings;
  readonly routers: RouterSettings;
  readonly swagger: SwaggerSettings;
  readonly fileUpload: FileUploadSettings;
  /** Whether clients may pass Prisma options in the query string. `null` before the key existed. */
  readonly dangerousQueryOptions: Setting | null;
  /** The path prefix of generated routes; fixed before it could be configured (1.6). */
  readonly globalPrefix: Setting;
  /** The module that is started, from the app's root, as the source names it. */
  readonly entryPoint: Setting;
}

/** FACTS §3.1. */
export interface CorsSetting extends Setting {
  /**
   * The origins that may read answers, as an effect:
   * `false` none · `true` any, by reflecting it · `"*"` any · a string, a RegExp or an array of them: these ·
   * a function: decided by code.
   */
  readonly value: Value;
  /** Whether cookies go along, as an effect: `true` or `false`; `unknown` where code decides. */
  readonly credentials: Value;
  /** What the omitted key means for that version in that mode, as an effect like {@link value}. */
  readonly whenOmitted: boolean | '*';
  /** Why what was written does not mean what it says; `null` if it does. */
  readonly trap: 'options-ignored' | 'options-win' | 'star-reflects' | 'star-in-list' | null;
}

/** FACTS §3.2, §3.3. */
export interface RateLimitSetting extends Setting {
  /**
   * `false`: off. A function: a handler of the app's own. An object: the options in force, what was written
   * merged over that version's defaults, with `limit` (requests) and `windowMs`.
   */
  readonly value: Value;
  /** The limit of that version if nothing is written. */
  readonly builtIn: { readonly limit: number; readonly windowMs: number };
  /**
   * `max` is written and does nothing, because the default `limit` is merged in and wins: where it is written.
   */
  readonly ignoredMax: Place | null;
  /** {@link ignoredMax}, where it can be changed as {@link Setting.site} can. */
  readonly maxSite?: Place;
}

/** FACTS §5.2, §5.3. */
export interface AuthenticationSettings {
  /** `"static"`, `"dynamic"`, or nothing: then every route is public. */
  readonly mode: Setting;
  /** `false` removes the auth routes and opens the generated ones. `null` before the key existed. */
  readonly enabled: Setting | null;
  /** `"cookie-only"`, `"response-only"` or `"both"`. */
  readonly sendAccessTokenThrough: Setting;
}

/** FACTS §3.4 to §3.8. */
export interface JwtSettings {
  /**
   * The secret's text is never in here: a string that was written, or that a tracked file sets, stands as
   * {@link HIDDEN}, an empty one as it is. Read its origin: a `place` is a literal, `env` is the environment.
   */
  readonly secret: Setting;
  /** Whether that version refuses to start in production without one. */
  readonly secretIsEnforced: boolean;
  /** A number of seconds, or a duration such as `"15m"`. */
  readonly expiresIn: Setting;
  /** What a number in {@link expiresIn} means to the cookie: seconds, but in 1.0 days. */
  readonly cookieLifetimeUnit: 'seconds' | 'days';
  readonly httpOnly: Setting;
  /** Where it depends on the request (TLS, or a header that says so), it has those two outcomes. */
  readonly secure: Setting;
  readonly sameSite: Setting;
}

/** FACTS §3.10, §3.12. */
export interface ValidationSettings {
  /** `"zod"`, `"class-validator"`, or nothing: then nothing is validated. */
  readonly resolver: Setting;
  /**
   * What becomes of a body field the validator does not know, as an effect: `"rejected"`, `"stripped"`,
   * `"passed"`, or `"unvalidated"` where there is no resolver. The key is what has to be written to reject.
   */
  readonly unknownFields: Setting;
  /** The version cannot reject unknown fields with the resolver in use. */
  readonly canReject: Value;
  readonly whitelist: Setting | null;
  readonly forbidNonWhitelisted: Setting | null;
  /** What a validator of `false` does to a part of the request: refuse it, or let it through unvalidated. */
  readonly falseValidator: 'refuses' | 'passes';
  /** Whether routes without validators are refused. `null` before the key existed (1.4). */
  readonly strict: Setting | null;
}

/** FACTS §4.3. */
export interface RouterSettings {
  /** `null` where the version has no such key; see {@link strictIsRead} for one that is never read. */
  readonly strict: Setting | null;
  /** Whether anything reads `routers.strict` (not in 2.0-next). */
  readonly strictIsRead: boolean;
  readonly welcomeRoute: Setting | null;
}

/** FACTS §3.16. */
export interface SwaggerSettings {
  /** What makes docs exist at all: `swagger.mode`. */
  readonly mode: Setting;
  /** Whether the docs are served by `arkos start`. */
  readonly enableAfterBuild: Setting | null;
  /** Whether they ask for a super user. */
  readonly authenticate: Setting | null;
  readonly endpoint: Setting;
}

/** FACTS §3.16, §4.1. */
export interface FileUploadSettings {
  /**
   * Whether the upload routes exist, as an effect: where that version reads the key the wrong way round,
   * `true` was written to switch them off, and this says `false`.
   */
  readonly enabled: Setting;
  /** The version reads {@link enabled} the wrong way round. */
  readonly isInverted: boolean;
  readonly baseRoute: Setting;
}

/** Stands for the text of a secret wherever facts would hold it. */
export const HIDDEN = '(hidden)';
