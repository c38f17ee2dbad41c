/**
 * How a finding could be mended by itself. Plain JSON, as all that rules say: a rule names what stands in the
 * source and what should stand there; whoever applies it looks whether exactly that is there (`apply-edits.ts`).
 */
import type { Place } from './place.ts';

export interface Fix {
  /** What it does, fit after "to": `write routers.strict: "no-bulk"`. */
  readonly title: string;
  /** All of them or none. */
  readonly edits: readonly Edit[];
}

export type Edit = SetValue | RenameKey | AppendLines;

export type Literal = string | number | boolean | null;

/** `key: was` becomes `key: to`. Nothing else may stand at the place: no comment, no cast, no expression. */
export interface SetValue {
  readonly kind: 'set-value';
  /** The whole property, key and value. */
  readonly place: Place;
  readonly key: string;
  readonly was: Literal;
  readonly to: Literal;
}

/** `key: …` becomes `to: …`, and the shorthand `key` becomes `to: key`. */
export interface RenameKey {
  readonly kind: 'rename-key';
  /** The whole property, key and value. */
  readonly place: Place;
  readonly key: string;
  readonly to: string;
}

/** Lines behind the last one of a file that may not be there yet. */
export interface AppendLines {
  readonly kind: 'append-lines';
  readonly path: string;
  readonly lines: readonly string[];
}

/** The file an edit is in. */
export function pathOfEdit(edit: Edit): string {
  return edit.kind === 'append-lines' ? edit.path : edit.place.path;
}
