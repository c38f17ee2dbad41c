import type { Place } from '@bulwark/model';

export type Span = Omit<Place, 'path'>;

/** Where lines start in UTF-8 bytes. Lines end at `\n` and nowhere else, as git counts them. */
export interface Lines {
  /** The place of bytes `from` (inclusive) to `to` (exclusive). */
  span(from: number, to: number): Span;
}

const LF = 10;

/** Places in a text. Counting goes on from the last place asked for, so ask in order where there are many. */
export function createLines(text: Buffer): Lines {
  let line = 1;
  let start = 0;
  /** A place on the line up to which its units are counted. */
  let counted = 0;
  let units = 0;
  function seek(offset: number): void {
    if (offset < counted)
      [line, start, counted, units] = offset < start ? [1, 0, 0, 0] : [line, start, start, 0];
    for (let end = text.indexOf(LF, counted); end !== -1 && end < offset; end = text.indexOf(LF, start)) {
      line += 1;
      start = end + 1;
      [counted, units] = [start, 0];
    }
  }
  function columnAt(offset: number): number {
    units += text.toString('utf8', counted, offset).length;
    counted = offset;
    return units + 1;
  }
  return {
    span(from, to) {
      seek(from);
      const first = { line, column: columnAt(from) };
      seek(to);
      return { ...first, endLine: line, endColumn: columnAt(to) };
    },
  };
}
