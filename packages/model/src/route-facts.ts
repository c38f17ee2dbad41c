/** What an app answers to over HTTP, who may call it, and what it lets a body set. All plain JSON. */
import type { Place } from './place.ts';
import type { Value } from './value.ts';

/** A model of the Prisma schema as Arkos finds it: by a regular expression on raw text (FACTS §4.2). */
export interface PrismaModel {
  readonly name: string;
  /** Its folder under `src/modules`, `blog-post`. */
  readonly module: string;
  /** Its part of the path, `blog-posts`. */
  readonly plural: string;
  readonly fields: readonly PrismaField[];
  readonly place: Place;
  /** Commented out, and served all the same (FACTS §9 trap 21). */
  readonly isComment: boolean;
}

export interface PrismaField {
  readonly name: string;
  /** The type without `?` and `[]`: `String`, `User`. */
  readonly type: string;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'ALL';

/**
 * Who gets through, widest first. `authorised`: a logged-in user whom a rule allows. `super-user`: only those
 * with `isSuperUser`.
 */
export type Access = 'public' | 'logged-in' | 'authorised' | 'super-user';

/** Why an endpoint is as open as it is; FACTS §5.3, one row each. */
export type AccessReason =
  | 'no-mode'
  | 'authentication-disabled'
  | 'route-false'
  | 'route-undefined'
  | 'route-true'
  | 'route-rule'
  | 'control-false'
  | 'rule'
  | 'any-role'
  | 'no-rule'
  | 'login-or-signup'
  | 'framework-default'
  | 'framework-has-none'
  | 'custom-route'
  | 'built-in'
  | 'opaque';

/** One answer to "who may call this", with the condition it holds under. */
export interface AccessOutcome {
  /** In words that fit after "if"; `null` where there is no condition. */
  readonly when: string | null;
  readonly who: Access | 'unknown';
  readonly reason: AccessReason;
  readonly because: string;
  readonly place?: Place;
}

/** One endpoint. */
export interface Route {
  readonly method: HttpMethod;
  /** As Express sees it, prefix included: `/api/blog-posts/:id`. A prefix nobody knows is written `<prefix>`. */
  readonly path: string;
  readonly kind: 'generated' | 'custom' | 'builtin';
  /** `blog-post`, `auth`, `file-upload`; `null` for what belongs to no module. */
  readonly module: string | null;
  /** `createMany`, `updateMe`, `docs`; `null` for a custom route. */
  readonly endpoint: string | null;
  /** Writes or deletes many records at once (FACTS §4.1). */
  readonly bulk: boolean;
  /** Known `true` or `false`, or unknown with every outcome that can be listed. */
  readonly mounted: Value;
  /** Who may call it, where every outcome agrees. */
  readonly access: Access | 'unknown';
  /** Why, in words. */
  readonly because: string;
  /** Every answer there can be, each with its condition; never empty. */
  readonly outcomes: readonly AccessOutcome[];
  /** Where the repository says something of this endpoint: its hook, its router, its model. */
  readonly place?: Place;
  /** A limit of its own, beside the ones of the configuration; left out where nobody looked. */
  readonly rateLimit?: RouteRateLimit;
}

/** FACTS §3.3: how often one endpoint may be called. */
export interface RouteRateLimit {
  /** What its hook or route sets, merged over no default of Arkos, so `max` counts; `absent` if nothing. */
  readonly value: Value;
  /** The limit that version puts on it where nothing is written and no key of the configuration can. */
  readonly builtIn: { readonly limit: number; readonly windowMs: number } | null;
  /** Where to point: at the limit, else at the nearest thing that could have held it. */
  readonly place: Place;
}

/** A router or handler whose routes cannot be listed. */
export interface OpaqueRouter {
  /** Where it is mounted, as far as that is known. */
  readonly path: string | null;
  readonly module: string | null;
  readonly because: string;
  readonly place?: Place;
}

/** What becomes of a field of the request body. */
export type FieldFate = 'accepted' | 'stripped' | 'rejected' | 'unknown';

export interface FieldOutcome {
  readonly when: string | null;
  readonly fate: FieldFate;
  readonly because: string;
  readonly place?: Place;
}

/** An endpoint that writes a record of `User` from its body (FACTS §5.4). */
export interface UserWriter {
  readonly route: Route;
  /** `direct`: the body is the user. `nested`: through the body's relation fields. `custom`: nobody can see. */
  readonly through: 'direct' | 'nested' | 'custom';
  /** The body path asked about: `isSuperUser`, `author.….isSuperUser`. */
  readonly field: string;
  /** What becomes of it; `unknown` where the outcomes differ. */
  readonly fate: FieldFate;
  readonly because: string;
  readonly outcomes: readonly FieldOutcome[];
}

/** A key of a module's router configuration that the installed version never reads. */
export interface DeadRouteKey {
  readonly module: string;
  readonly key: string;
  /** The nearest key it does read. */
  readonly nearest: string | null;
  readonly because: string;
  readonly place: Place;
}

/** Something that keeps the app from starting, as far as routes are concerned. */
export interface BootProblem {
  readonly id: 'hook-and-config' | 'no-mode' | 'strict-validation';
  readonly message: string;
  readonly place: Place | null;
}

/** Something that could not be read. */
export interface RouteProblem {
  readonly path: string;
  readonly message: string;
}

/** The routes of one app in one mode, for one version of Arkos. */
export interface RouteFacts {
  readonly models: readonly PrismaModel[];
  /** In the order of the modules, then of FACTS §4.1. */
  readonly routes: readonly Route[];
  readonly opaque: readonly OpaqueRouter[];
  readonly userWriters: readonly UserWriter[];
  readonly deadKeys: readonly DeadRouteKey[];
  readonly bootProblems: readonly BootProblem[];
  readonly problems: readonly RouteProblem[];
}
