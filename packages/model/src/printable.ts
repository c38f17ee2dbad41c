/**
 * What must not reach a terminal as it is: control characters, marks that hide or reorder text, line and
 * paragraph separators, lone surrogates.
 */
export const UNPRINTABLE: RegExp = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const UNPRINTABLE_BUT_LINE_FEED = new RegExp(`(?!\\n)${UNPRINTABLE.source}`, 'gu');

/** Text fit for a terminal or a log: what is unprintable, line feeds excepted, is written as `\u{…}`. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE_BUT_LINE_FEED, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}
