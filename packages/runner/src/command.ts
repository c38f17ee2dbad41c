import type { Io } from './io.ts';

/** One option of a command, as `node:util` parses it and `--help` shows it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  /** Name of the value in the help text. */
  readonly value?: string;
  readonly help: string;
  readonly choices?: readonly string[];
  /** Looks at the options before anything is done. @throws UserError for what cannot be meant. */
  readonly check?: (options: OptionValues) => unknown;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What a command was called with. */
export interface Call {
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  readonly io: Io;
}

/** One command: its words, its help, and what it does. */
export interface Command {
  readonly words: readonly string[];
  readonly summary: string;
  /** Not for people: left out of the help text. */
  readonly isHidden?: boolean;
  /** Names of the positional arguments, for the help text; in brackets if optional, the last with `...` if there may be more. */
  readonly arguments?: readonly string[];
  readonly options: OptionSpecs;
  /** More lines for the command's own help. */
  readonly notes?: readonly string[];
  /** @returns the exit code. */
  run(call: Call): Promise<number>;
}
