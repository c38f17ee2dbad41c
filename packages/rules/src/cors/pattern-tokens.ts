/** The source of a RegExp as escapes, classes, group openings, counts and single characters. */
const TOKEN =
  /\\(?:u\{[^}]*\}|[pP]\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|:|<[^>]*>)|\{\d+,?\d*\}|[^]/giu;

export function tokensOf(source: string): readonly string[] {
  return source.match(TOKEN) ?? [];
}

/** What stands between the bars of the outermost level. */
export function splitBars(source: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const token of tokensOf(source)) {
    depth += depthOf(token);
    if (token === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

/** The inside of `(…)` or `(?:…)`, `null` if there is anything else. */
export function unwrap(source: string): string | null {
  const tokens = tokensOf(source);
  if (!(tokens[0] === '(' || tokens[0] === '(?:')) return null;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += depthOf(token);
    if (depth === 0) return index === tokens.length - 1 ? tokens.slice(1, -1).join('') : null;
  }
  return null;
}

function depthOf(token: string): number {
  if (token === ')') return -1;
  return token.startsWith('(') ? 1 : 0;
}
