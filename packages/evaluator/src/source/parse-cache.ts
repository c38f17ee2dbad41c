import { parse } from './parse.ts';
import type { Language, Parsed } from './source-file.ts';

/** Source text that parsed files may hold on to, in UTF-16 units; a syntax tree weighs many times its text. */
const MAX_UNITS = 400_000;

const cache = new Map<string, Parsed>();
let held = 0;
let parses = 0;

/** The parsed text of a blob: parsed once, however many paths, apps and loaders name it. */
export function parseBlob(
  blob: string | null,
  language: Language,
  isJsx: boolean,
  text: () => string,
): Parsed {
  if (blob === null) return count(parse(text(), language, isJsx));
  const key = `${language}${isJsx ? 'x' : ''}:${blob}`;
  const known = cache.get(key);
  if (known) {
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const parsed = count(parse(text(), language, isJsx));
  cache.set(key, parsed);
  held += parsed.text.length;
  for (const [oldest, old] of cache) {
    if (held <= MAX_UNITS || cache.size === 1) break;
    cache.delete(oldest);
    held -= old.text.length;
  }
  return parsed;
}

/** How many texts were parsed by this process so far. */
export function parseCount(): number {
  return parses;
}

function count(parsed: Parsed): Parsed {
  parses += 1;
  return parsed;
}
