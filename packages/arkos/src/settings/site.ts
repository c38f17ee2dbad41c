import { isObject, placeOf } from '@bulwark/model';
import type { Place, Value } from '@bulwark/model';

/**
 * Where a key is written, if a change there changes that key and nothing else: the key and every section around
 * it stand in one piece, in this file. A constant, a spread, a choice or another file may be read elsewhere too.
 *
 * @returns the whole property, key and value
 */
export function siteOfKey(written: Value, key: string, file: string): Place | undefined {
  let value = written;
  let around = placeOf(written);
  if (around?.path !== file) return undefined;
  for (const [index, part] of key.split('.').entries()) {
    if (value.kind !== 'known' || !isObject(value.value)) return undefined;
    const entry = Object.hasOwn(value.value.entries, part) ? value.value.entries[part] : undefined;
    if (!entry?.place || !isIn(entry.place, around)) return undefined;
    if (index > 0 && !standsBehindKey(value, around, key.split('.')[index - 1]!)) return undefined;
    around = entry.place;
    value = entry.value;
  }
  return around;
}

function isIn(inner: Place, outer: Place): boolean {
  return (
    inner.path === outer.path &&
    !isBefore(inner.line, inner.column, outer.line, outer.column) &&
    !isBefore(outer.endLine, outer.endColumn, inner.endLine, inner.endColumn)
  );
}

function isBefore(line: number, column: number, otherLine: number, otherColumn: number): boolean {
  return line < otherLine || (line === otherLine && column < otherColumn);
}

/** Room for quotes, the colon and a space on either side of it. */
const BETWEEN = 5;

/** Whether a section's braces are all there is behind its key: `cookie: isLive ? {…} : {…}` has more. */
function standsBehindKey(section: Value, property: Place, key: string): boolean {
  const own = placeOf(section);
  return (
    own !== undefined &&
    isIn(own, property) &&
    own.endLine === property.endLine &&
    own.endColumn === property.endColumn &&
    own.line === property.line &&
    own.column - property.column <= key.length + BETWEEN
  );
}
