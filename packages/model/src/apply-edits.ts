import type { Edit, Literal, RenameKey, SetValue } from './fix.ts';
import { canonicalJson } from './json.ts';
import type { Place } from './place.ts';

/** A stretch of a text, in UTF-16 units, and what takes its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text after these edits; line ends and a byte order mark stay as they are.
 * @param text `null` where there is no such file
 * @returns `null` if one of them does not find what it expects, or two of them touch the same stretch
 */
export function applyEdits(text: string | null, edits: readonly Edit[]): string | null {
  const replacements = replacementsOf(text, edits);
  if (replacements === null) return null;
  let result = text ?? '';
  for (const { start, end, text: by } of replacements.toReversed())
    result = result.slice(0, start) + by + result.slice(end);
  return result;
}

/** What {@link applyEdits} puts where, in the order of the text; `null` as there. */
export function replacementsOf(text: string | null, edits: readonly Edit[]): Replacement[] | null {
  const once = [...new Map(edits.map((edit) => [canonicalJson(edit), edit])).values()];
  const found: Replacement[] = [];
  const lines = new Set<string>();
  for (const edit of once) {
    if (edit.kind === 'append-lines') {
      for (const line of edit.lines) lines.add(line);
      continue;
    }
    const replacement = text === null ? null : locate(text, edit);
    if (replacement === null) return null;
    found.push(replacement);
  }
  found.sort((a, b) => a.start - b.start);
  if (found.some(({ end }, index) => end > (found[index + 1]?.start ?? Infinity))) return null;
  if (lines.size > 0) found.push(appended(text ?? '', [...lines]));
  return found;
}

/** A file's text with its byte order mark kept, as places count it; `null` if it is not UTF-8. */
export function decodeExactly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function locate(text: string, edit: SetValue | RenameKey): Replacement | null {
  const start = offsetOf(text, edit.place.line, edit.place.column);
  const end = offsetOf(text, edit.place.endLine, edit.place.endColumn);
  if (start === null || end === null || end < start) return null;
  const property = text.slice(start, end);
  return edit.kind === 'set-value' ? valueIn(property, start, edit, text) : keyIn(property, start, edit);
}

function valueIn(property: string, start: number, edit: SetValue, text: string): Replacement | null {
  const head = headOf(property, edit.key);
  if (!head || readLiteral(property.slice(head.length)) !== edit.was) return null;
  const quote = head.quote === '' ? quoteOf(edit.place, text) : head.quote;
  return { start: start + head.length, end: start + property.length, text: writeLiteral(edit.to, quote) };
}

function keyIn(property: string, start: number, { key, to }: RenameKey): Replacement | null {
  if (property === key) return { start, end: start, text: `${to}: ` };
  const head = headOf(property, key);
  if (!head) return null;
  const at = start + head.quote.length;
  return { start: at, end: at + key.length, text: to };
}

/** The key of a property with its colon and the spaces around, `null` if it is not exactly this key. */
function headOf(property: string, key: string): { quote: string; length: number } | null {
  const quote = /^["']?/.exec(property)![0];
  if (!property.startsWith(`${quote}${key}${quote}`)) return null;
  const written = quote.length * 2 + key.length;
  const colon = /^\s*:\s*/.exec(property.slice(written));
  return colon && { quote, length: written + colon[0].length };
}

/** A literal without escapes; `undefined` for anything else. */
function readLiteral(source: string): Literal | undefined {
  const text = /^(["'])([^"'\\]*)\1$/.exec(source);
  if (text) return text[2]!;
  if (!/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?)$/.test(source)) return undefined;
  return JSON.parse(source) as Literal;
}

function writeLiteral(value: Literal, quote: string): string {
  const json = JSON.stringify(value);
  return typeof value === 'string' && quote === "'" && !/['"\\]/.test(value) ? `'${value}'` : json;
}

/** The quotes this file prefers. */
function quoteOf({ path }: Place, text: string): string {
  if (path.endsWith('.json')) return '"';
  return text.split('"').length > text.split("'").length ? '"' : "'";
}

function appended(text: string, lines: readonly string[]): Replacement {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const isOpen = text !== '' && !text.endsWith('\n');
  const added = lines.map((line) => line + end).join('');
  return { start: text.length, end: text.length, text: isOpen ? end + added : added };
}

/** Where a line and column are in a text; `null` if they are not in it. Line ends are those of ECMAScript. */
function offsetOf(text: string, line: number, column: number): number | null {
  const ends = /\r\n|[\n\r\u2028\u2029]/g;
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    if (!ends.exec(text)) return null;
    start = ends.lastIndex;
  }
  const offset = start + column - 1;
  return offset <= text.length ? offset : null;
}
