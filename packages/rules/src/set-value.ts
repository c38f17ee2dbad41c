import type { Fix, Literal, Place, Setting, Value } from '@bulwark/model';

/**
 * Writes another value where a setting is exactly this literal, `undefined` where it is not or where the literal may
 * be read elsewhere too.
 */
export function setValue({ key, written, site }: Setting, was: Literal, to: Literal): Fix | undefined {
  if (!site || written.kind !== 'known' || written.value !== was) return undefined;
  const name = key.slice(key.lastIndexOf('.') + 1);
  if (!isWrittenOut(written, JSON.stringify(was).length, name, site)) return undefined;
  return {
    title: `write ${key}: ${JSON.stringify(to)}`,
    edits: [{ kind: 'set-value', place: site, key: name, was, to }],
  };
}

/** Room for quotes, the colon and a space on either side of it. */
const BETWEEN = 5;

/** Whether the literal is all there is behind the key: an expression or a comment takes more room. */
function isWrittenOut({ from }: Value, length: number, key: string, site: Place): boolean {
  if (from.kind !== 'place') return false;
  const { path, line, column, endLine, endColumn } = from.place;
  return (
    path === site.path &&
    line === endLine &&
    endColumn - column === length &&
    endLine === site.endLine &&
    endColumn === site.endColumn &&
    (line > site.line || column - site.column <= key.length + BETWEEN)
  );
}
