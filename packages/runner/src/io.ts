import type { SubjectIo } from '@bulwark/git';
import type { OpenSubject, Store } from '@bulwark/model';

/** Everything a command touches outside itself, so that tests can be the outside. */
export interface Io {
  /** Absolute path of the folder the command was given in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  write(text: string): void;
  writeError(text: string): void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  readonly isErrorTerminal: boolean;
  readonly isStdinTerminal: boolean;
  /** Set where a daemon answers for somebody else. */
  readonly daemon?: InDaemon;
}

/** What a call finds in a process that goes on after it. */
export interface InDaemon {
  /** What is remembered of a repository, by git's folder that its worktrees share. */
  readonly openStore: (commonDir: string) => Promise<Store>;
  /** Opens what is asked about, with what it kept of earlier questions. */
  readonly openSubjects: (io: SubjectIo) => OpenSubject;
}
