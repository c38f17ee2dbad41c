import { printable } from '@bulwark/model';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text for XML or HTML, between tags or in a quoted attribute. What neither can hold is written as `\u{…}`: XML has
 * no way to write control characters, lone surrogates, U+FFFE and U+FFFF (XML 1.0, production 2).
 */
export function escapeMarkup(text: string): string {
  return printable(text)
    .replaceAll(/[\uFFFE\uFFFF]/g, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`)
    .replaceAll(/[&<>"']/g, (char) => ENTITIES[char]!);
}
