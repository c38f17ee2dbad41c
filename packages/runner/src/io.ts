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
}
