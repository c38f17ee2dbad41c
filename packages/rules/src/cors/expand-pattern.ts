/** Every way through a RegExp without loops, as a line of atoms. */
import { tokensOf } from './pattern-tokens.ts';

/** `char`: this one. `any-char`: a dot that was meant to be one. `wild`: any number of characters, or one of a class. */
export interface Atom {
  readonly kind: 'char' | 'any-char' | 'wild';
  readonly text: string;
}

type Way = readonly Atom[];

const MOST_WAYS = 256;

/** `null` if there are too many ways to look at. A group or atom that may be left out is one way more. */
export function expandPattern(source: string): readonly Way[] | null {
  const reader = { tokens: tokensOf(source), at: 0 };
  const ways = readAlternatives(reader);
  return ways.length > MOST_WAYS ? null : ways;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function readAlternatives(reader: Reader): Way[] {
  const all: Way[] = [];
  for (;;) {
    all.push(...readSequence(reader));
    if (reader.tokens[reader.at] !== '|') return all.slice(0, MOST_WAYS + 1);
    reader.at += 1;
  }
}

function readSequence(reader: Reader): Way[] {
  let ways: Way[] = [[]];
  while (reader.at < reader.tokens.length && !/^[|)]$/.test(reader.tokens[reader.at]!)) {
    const parts = readPart(reader);
    ways = ways.flatMap((way) => parts.map((part) => [...way, ...part])).slice(0, MOST_WAYS + 1);
  }
  return ways;
}

function readPart(reader: Reader): Way[] {
  const token = reader.tokens[reader.at]!;
  reader.at += 1;
  if (token === '^' || token === '$') return [[]];
  if (!token.startsWith('(')) {
    const count = readCount(reader);
    return maybe([[atomOf(token, count)]], count);
  }
  const inner = readAlternatives(reader);
  reader.at += 1;
  return maybe(inner, readCount(reader));
}

/** The quantifier that follows, if one does. */
function readCount(reader: Reader): string {
  const token = reader.tokens[reader.at] ?? '';
  if (!/^[*+?]$|^\{/.test(token)) return '';
  reader.at += 1;
  if (reader.tokens[reader.at] === '?') reader.at += 1;
  return token;
}

function maybe(ways: Way[], count: string): Way[] {
  return /^[*?]$|^\{0/.test(count) ? [...ways, []] : ways;
}

function atomOf(token: string, count: string): Atom {
  if (token === '.') return { kind: count === '' || count === '?' ? 'any-char' : 'wild', text: token };
  if (token === '\\d' || token === '[0-9]') return { kind: 'char', text: '0' };
  const single = /^\[\\?([^\\^\]])\]$/.exec(token);
  if (single) return { kind: 'char', text: single[1]! };
  if (token.startsWith('[') || /^\\[wWsSDpP]/.test(token)) return { kind: 'wild', text: token };
  return { kind: 'char', text: token.replace(/^\\(?=[^])/, '') };
}
