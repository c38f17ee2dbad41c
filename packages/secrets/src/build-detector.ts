/** Ways to write a detector in one line. */
import { ALPHABETS, START } from './detector.ts';
import type { Alphabet, Detector, Draw, Found } from './detector.ts';
import { foldCase } from './fold-case.ts';
import type { Head } from './head.ts';
import { drawnBits, isDrawn, isRandom } from './randomness.ts';
import { shapeOf } from './value-shape.ts';

/** One length, or the shortest and the longest. */
export type Length = number | readonly [number, number];

interface Extra {
  readonly accepts?: (found: Found) => boolean;
  readonly example?: (draw: Draw) => string;
}

/** A token that its provider marks with a prefix: `prefix`, then so many characters of an alphabet. */
export function token(
  id: string,
  title: string,
  prefix: string | readonly [string, ...string[]],
  alphabet: Alphabet,
  length: Length,
  extra: Extra = {},
): Detector {
  const prefixes = typeof prefix === 'string' ? ([prefix] as const) : prefix;
  const [least, most] = typeof length === 'number' ? [length, length] : length;
  const [characters, classes] = ALPHABETS[alphabet];
  const heads = prefixes.map(escape).join('|');
  return shape(id, title, {
    keywords: prefixes,
    prefixes: prefixes.filter((each) => each.length >= LEAST_PREFIX && !/^secret|^vercel_|^token/.test(each)),
    pattern: `${START}(?:${heads})[${characters}]{${least},${most}}(?![${characters}])`,
    head: { kind: 'run', run: least, classes },
    reach: Math.max(...prefixes.map(({ length }) => length)) + most + 1,
    example: extra.example ?? ((draw) => `${prefixes[0]}${draw(alphabet, least)}`),
    accepts: extra.accepts ?? (({ secret }) => isDrawn(withoutPrefix(secret, prefixes))),
  });
}

/** A shorter beginning may be chance. */
const LEAST_PREFIX = 6;

function withoutPrefix(secret: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((candidate) => secret.startsWith(candidate)) ?? '';
  return secret.slice(prefix.length);
}

interface Shape {
  readonly keywords: readonly [string, ...string[]];
  readonly foldsCase?: boolean;
  readonly pattern: string;
  readonly core?: string;
  /** A function where it takes work: only the kernel's data are made of it. */
  readonly head?: Head | (() => Head);
  readonly lead?: number;
  readonly reach: number;
  readonly accepts?: (found: Found) => boolean;
  readonly isGeneric?: boolean;
  readonly prefixes?: readonly string[];
  readonly example: (draw: Draw) => string;
}

/** A detector with a pattern of its own. */
export function shape(id: string, title: string, given: Shape): Detector {
  const { foldsCase = false, lead = 0, isGeneric = false } = given;
  const flags = `d${lead > 0 ? 'g' : 'y'}`;
  const folded = (source: string): string => (foldsCase ? foldCase(source) : source);
  let pattern: RegExp | undefined;
  let core: RegExp | undefined;
  return {
    id,
    title,
    keywords: given.keywords,
    foldsCase,
    get pattern() {
      pattern ??= new RegExp(folded(given.pattern), flags);
      return pattern;
    },
    get core() {
      if (given.core !== undefined) core ??= new RegExp(folded(given.core));
      return core;
    },
    get head() {
      const head = typeof given.head === 'function' ? given.head() : (given.head ?? { kind: 'any' });
      return { ...head, starts: lead === 0 && given.pattern.startsWith(START) };
    },
    lead,
    reach: given.reach,
    accepts: given.accepts ?? (({ secret }) => isDrawn(secret)),
    isGeneric,
    prefixes: given.prefixes ?? [],
    example: given.example,
  };
}

/** Between a name and its value: the name's rest, quotes, an assignment, quotes. Bounded; ends where the value begins. */
export const ASSIGN =
  String.raw`[\w .-]{0,40}(?:\\{0,2}["'\x60\]]){0,2}[ \t]{0,8}` +
  String.raw`(?:=>|[:=?+|]?=|={1,3}|:{1,2}|->|\|\||\?\?|>|,|\()[ \t]{0,8}(?:[(\[{] ?)?(?:\\{0,2}["'\x60])?(?:Bearer |Basic |Token )?`;

/** A value that only its provider's name beside it makes a secret: hex digits, a UUID, letters and digits. */
export function beside(
  id: string,
  title: string,
  names: readonly [string, ...string[]],
  value: string,
  example: (draw: Draw) => string,
  extra: Extra = {},
): Detector {
  return shape(id, title, {
    keywords: names,
    foldsCase: true,
    pattern: `(?:${names.map(escape).join('|')})${ASSIGN}(?<secret>${value})(?![0-9A-Za-z_+/-])`,
    core: value,
    head: () => besideHead(value),
    reach: 320,
    accepts: ({ secret }) => isRandom(secret) && (/[0-9]/.test(secret) || drawnBits(secret) > 30),
    ...extra,
    example: (draw) => `${names[0]}_key = "${example(draw)}"`,
  });
}

function besideHead(value: string): Head {
  const { least, classes } = shapeOf(value);
  return { kind: 'beside', run: least, classes };
}

/** A UUID as a regular expression. */
export const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

export function drawUuid(draw: Draw): string {
  return [8, 4, 4, 4, 12].map((length) => draw('hex', length)).join('-');
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

/** A head: so many characters of an alphabet follow the keyword. */
export function follows(alphabet: Alphabet, run: number): Head {
  return { kind: 'run', run, classes: ALPHABETS[alphabet][1] };
}

/** A head: so many characters of an alphabet stand on the rest of the line. */
export function near(alphabet: Alphabet, run: number): Head {
  return { kind: 'near', run, classes: ALPHABETS[alphabet][1] };
}
