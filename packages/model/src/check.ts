import type { PartName, Report } from './report.ts';
import type { Change, Snapshot } from './snapshot.ts';

/** Which bytes a check is about. */
export type View =
  /** What the commit in the making will hold, from the index file git names. */
  | { readonly kind: 'index' }
  | { readonly kind: 'commit'; readonly commit: string }
  /** Tracked files plus untracked ones that are not ignored, as they are on disk. */
  | { readonly kind: 'worktree' };

/** The one question this product answers. */
export interface CheckRequest {
  /** Absolute path of the folder the command was given in. */
  readonly cwd: string;
  readonly view: View;
  /**
   * `everything`: every file and app counts. `changes`: file rules look at what differs from the base,
   * and a finding the base already has is older.
   */
  readonly scope: 'everything' | 'changes';
  /** Full id of the commit that {@link scope} `changes` compares with; if left out, HEAD or the commit's parents. */
  readonly base?: string;
  /** Only what lies in this folder, from {@link cwd}. */
  readonly within?: string;
  /** Only this part of the whole. */
  readonly part?: Exclude<PartName, { readonly kind: 'folder' }>;
  /** Only these apps, by root or name; all if left out. */
  readonly apps?: readonly string[];
  /** Only these rules, by id; all that are on if left out. */
  readonly rules?: readonly string[];
}

/** What a check was opened on. */
export interface Subject {
  readonly snapshot: Snapshot;
  /** The folder the request was given in, from the snapshot's root: `apps/api`, or `.` for the root itself. */
  readonly folder: string;
  /** What differs from the base, for scope `changes`; `null` otherwise. */
  readonly changes: readonly Change[] | null;
  /** What the snapshot is compared with (HEAD, or every parent of a merge); empty before the first commit. */
  readonly bases: readonly Snapshot[];
  /** Absolute path of git's folder that all worktrees share; left out without a repository. */
  readonly commonDir?: string;
  /** Absolute path of the work tree's top; left out where there is none. */
  readonly topLevel?: string;
  /**
   * Opens the commit whose code may be run: one that stood before what is judged, so that no change brings its own
   * judge. `null` before the first commit, and left out where there is no repository. Closed with the subject.
   */
  openTrusted?(): Promise<Snapshot | null>;
  /** Ends every process opened for it. */
  close(): Promise<void>;
}

/** Opens what a request is about. @throws UserError if it cannot be opened. */
export type OpenSubject = (request: CheckRequest) => Promise<Subject>;

/** @throws UserError for a mistake of the user's (settings, an unknown app); anything else thrown is a bug. */
export type Check = (request: CheckRequest) => Promise<Report>;
