/** What must stand round a keyword before anything looks closer; `kernel/heads.ts` asks for it. Detectors and the engine's literals share them. */

/**
 * `any`: nothing more. `run`: so many bytes of a set of classes follow; `near`: they stand on the rest of the line. `assigned`:
 * the value a name is given could be a secret; `beside`: the same, on one line and behind a sign; `spaced`: behind white
 * space or a dash. `url`: an `@` before white space or a slash; `credentials`: a colon before
 * that. `pem`: `PRIVATE` follows soon; `pem-body`: and then nothing but base64. `json`, `npmrc`: nothing, but only in such a file. `aws`: an assignment of 40
 * characters.
 */
export type HeadKind =
  | 'any'
  | 'run'
  | 'near'
  | 'assigned'
  | 'beside'
  | 'spaced'
  | 'url'
  | 'credentials'
  | 'pem'
  | 'pem-body'
  | 'json'
  | 'npmrc'
  | 'aws';

export interface Head {
  readonly kind: HeadKind;
  /** How many bytes, of which classes. For `assigned` and `spaced`: the least length of a value, of any. */
  readonly run?: number;
  readonly classes?: number;
  /** The keyword must not stand in the middle of a word. */
  readonly starts?: boolean;
}
