/**
 * A stretch of text in a file of the snapshot. Lines and columns count from 1; a column counts UTF-16
 * code units, as editors do. The end is exclusive: `endColumn` is the column after the last unit.
 */
export interface Place {
  /** Path from the snapshot's root, `/`-separated (see `path.ts` for odd bytes). */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The first character of a file, for what concerns a file as a whole. */
export function startOf(path: string): Place {
  return { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** `path:line:column`, as terminals and editors link it. The path must already be fit to print. */
export function formatPlace(place: Pick<Place, 'path' | 'line' | 'column'>): string {
  return `${place.path}:${place.line}:${place.column}`;
}
