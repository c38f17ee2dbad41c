/**
 * A pattern that takes letters in either case without the flag `i`: V8 takes twice as long to compile one with it,
 * because it asks of every class which of all characters are the same in another case.
 */

const PART =
  /\\(?<escaped>k<\w+>|x[0-9A-Fa-f]{2}|.)|\(\?<\w+>|\[(?<sign>\^?)(?<inside>(?:\\.|[^\]\\])*)\]|(?<letter>[A-Za-z])/gs;
const RANGE = /\\x[0-9A-Fa-f]{2}|\\.|(?<from>.)-(?<to>.)|(?<one>.)/gs;

/**
 * @param source of a pattern for text in which only ASCII letters have a case
 * @throws Error for what it cannot fold: a range that mixes letters with others, a letter by its number, `\p` and `\u`
 */
export function foldCase(source: string): string {
  return source.replaceAll(PART, (part, ...rest) => {
    const { escaped, sign, inside, letter } = rest.at(-1) as Record<string, string | undefined>;
    if (escaped !== undefined) return refuse(escaped) ?? part;
    if (letter !== undefined) return `[${letter.toLowerCase()}${letter.toUpperCase()}]`;
    return inside === undefined ? part : `[${sign}${bothCases(inside)}]`;
  });
}

function bothCases(inside: string): string {
  // A hyphen at either end must stay there.
  return inside.startsWith('-') ? inside + otherCase(inside) : otherCase(inside) + inside;
}

/** What a class must hold beside what it says. */
function otherCase(inside: string): string {
  let other = '';
  for (const [part, from, to, one] of inside.matchAll(RANGE)) {
    if (one !== undefined) other += isLetter(one) ? swap(one) : '';
    else if (from === undefined || to === undefined) refuse(part.slice(1));
    else if (isOneCase(from, to)) other += `${swap(from)}-${swap(to)}`;
    else if (holdsLetters(from, to)) throw new Error(`letters and others in one range: ${part}`);
  }
  return other;
}

/** What is written behind a backslash and would have to be folded. */
function refuse(escaped: string): void {
  const isLetterByNumber =
    escaped.length === 3 && isLetter(String.fromCharCode(Number.parseInt(escaped.slice(1), 16)));
  if (/^[pPu]/.test(escaped) || isLetterByNumber) throw new Error(`cannot be folded: \\${escaped}`);
}

function isOneCase(from: string, to: string): boolean {
  return (/[a-z]/.test(from) && /[a-z]/.test(to)) || (/[A-Z]/.test(from) && /[A-Z]/.test(to));
}

/** Whether any letter lies between the two. */
function holdsLetters(from: string, to: string): boolean {
  return (from <= 'z' && to >= 'a') || (from <= 'Z' && to >= 'A');
}

function isLetter(character: string): boolean {
  return /^[A-Za-z]$/.test(character);
}

function swap(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}
