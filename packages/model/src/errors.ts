/**
 * Something the user can mend: what is wrong, and what to do about it. Ends a command with exit code 2.
 * Neither text ever holds a secret.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** What to do now; one or a few lines. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** A file of the snapshot that could not be read. It becomes a problem of the report, never silence. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly path: string;

  constructor(path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/** What a thrown thing says, whatever it is. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
