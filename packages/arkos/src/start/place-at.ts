import type { Place } from '@bulwark/model';

/** The place of `text[start..end)` in the file. Offsets are UTF-16 units. */
export function placeAt(path: string, text: string, start: number, end: number): Place {
  const from = positionAt(text, start);
  const to = positionAt(text, end);
  return { path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
