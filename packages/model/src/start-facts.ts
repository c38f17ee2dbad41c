/** How an app is started, built into images and given its environment. All plain JSON; holds no secret. */
import type { Place } from './place.ts';
import type { Value } from './value.ts';

/** What git would say of a path, from the snapshot's own `.gitignore` files alone. */
export interface IgnoreAnswer {
  readonly ignored: boolean;
  /** The rule that ignores it, or a folder above it. */
  readonly by?: Place;
}

/** What a command line comes down to in the end (FACTS §2). */
export type LastCommand =
  | 'arkos dev'
  | 'arkos start'
  | 'arkos build'
  /** The built entry, by `node` and without the CLI. */
  | 'node .build'
  /** The source entry, by `node`, `tsx`, `ts-node` or `bun` and without the CLI. */
  | 'node source'
  | 'other'
  | 'unknown';

/** Which kind of file names the command. */
export type StartSource =
  | 'package-script'
  | 'nx-target'
  | 'dockerfile'
  | 'compose'
  | 'procfile'
  | 'pm2'
  | 'systemd'
  | 'kubernetes'
  | 'helm'
  | 'platform'
  | 'ci';

/** Who the process serves. */
export type StartRole = 'production' | 'development' | 'test' | 'unknown';

/** One hop on the way from the source to the last command: `npm run start:prod`. */
export interface StartStep {
  readonly text: string;
  readonly place: Place;
}

/** One way of starting (or building) an app that the repository shows. */
export interface StartCommand {
  readonly source: StartSource;
  /** What is started, as its file calls it: `scripts.start`, `services.api.command`, `CMD of stage runner`. */
  readonly name: string;
  /** Where the source names the command. */
  readonly place: Place;
  readonly role: StartRole;
  /** Why the role is what it is. */
  readonly roleBecause: string;
  readonly command: LastCommand;
  /** The last command as written, without the values of variables. */
  readonly text: string;
  /** From the source to the last command, outermost first. */
  readonly chain: readonly StartStep[];
  /** What NODE_ENV is set to for the command; absent if nothing in the repository sets it. */
  readonly nodeEnv: Value;
  /** The variables the command line, image or service sets that Arkos itself reads, NODE_ENV included (FACTS §1.5). */
  readonly variables: Readonly<Record<string, Value>>;
  /** Whether `arkos build` ran before; meaningful for `arkos start` and `node .build`. */
  readonly buildBefore: 'yes' | 'no' | 'unknown';
  /** Why `command` and `buildBefore` are what they are. */
  readonly because: string;
}

/** A Docker build step that brings an env file into an image (FACTS §9 trap 9). */
export interface ImageCopy {
  /** The instruction: `COPY . .`. */
  readonly text: string;
  readonly place: Place;
  /** Whether the stage is the final one or ends up in it. */
  readonly reachesFinalStage: boolean;
  /** Env files (app-relative, as Arkos reads them) that the instruction would take along if they are there. */
  readonly envFiles: readonly string[];
  /** The `.dockerignore` that was consulted, `null` if there is none. */
  readonly dockerignore: string | null;
}

/** One place that decides the database's address (FACTS §3.14). */
export interface DatabaseUrl {
  readonly kind: 'prisma-schema' | 'prisma-config' | 'prisma-client';
  readonly place: Place;
  /** `fallback`: the environment, else a literal. */
  readonly from: 'environment' | 'literal' | 'fallback' | 'unknown';
  /** The variable, where one is read. */
  readonly variable: string | null;
  /** The literal's scheme (`postgresql`, `file`); the literal itself is never kept. */
  readonly scheme: string | null;
  /** Whether the literal carries a password. */
  readonly hasPassword: boolean;
  readonly because: string;
}

/** An env file the app's version reads in some mode, whether or not it is there. */
export interface EnvFileAnswer {
  /** From the snapshot's root. */
  readonly path: string;
  /** The modes that read it. */
  readonly modes: readonly string[];
  readonly ignore: IgnoreAnswer;
  readonly isTracked: boolean;
}

/** Something that could not be read or followed. */
export interface StartProblem {
  readonly path: string;
  readonly message: string;
}

export interface StartFacts {
  readonly commands: readonly StartCommand[];
  readonly imageCopies: readonly ImageCopy[];
  readonly databaseUrls: readonly DatabaseUrl[];
  readonly envFiles: readonly EnvFileAnswer[];
  /**
   * The `.gitignore` whose last line decides for the app's folder: the nearest one at its root or above, else
   * the one that would be at its root. Left out where that is a symbolic link, which git does not follow.
   */
  readonly ignoreFile?: string;
  readonly problems: readonly StartProblem[];
}
