import type { Variables } from './run-node.ts';

/** Whether a condition in words holds under these variables; `null` if it is about something else. */
export function holds(when: string, variables: Variables): boolean | null {
  // Words that were cut short cannot be taken apart.
  if (when.includes('…')) return null;
  const alternatives = new Set(splitTop(when, ' or ').map((part) => holdsAll(part, variables)));
  if (alternatives.has(true)) return true;
  return alternatives.has(null) ? null : false;
}

function holdsAll(text: string, variables: Variables): boolean | null {
  const bare = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
  const parts = new Set(splitTop(bare, ' and ').map((part) => holdsOne(part, variables)));
  if (parts.has(false)) return false;
  return parts.has(null) ? null : true;
}

const MARKS: readonly (readonly [string, string])[] = [
  [' is unset or empty', ' is falsy-or-unset'],
  [' is set and not empty', ' is nonempty'],
];

/** Splits outside quotes; the two phrases that hold the word themselves are kept whole. */
function splitTop(text: string, by: string): string[] {
  let marked = text;
  for (const [phrase, mark] of MARKS) marked = marked.replaceAll(phrase, mark);
  const parts: string[] = [];
  let quoted = false;
  let depth = 0;
  let from = 0;
  for (let at = 0; at < marked.length; at += 1) {
    if (marked[at] === '\\') at += 1;
    else if (marked[at] === '"') quoted = !quoted;
    else if (!quoted && marked[at] === '(') depth += 1;
    else if (!quoted && marked[at] === ')') depth -= 1;
    else if (!quoted && depth === 0 && marked.startsWith(by, at)) {
      parts.push(marked.slice(from, at));
      from = at + by.length;
    }
  }
  return [...parts, marked.slice(from)];
}

function holdsOne(text: string, variables: Variables): boolean | null {
  const [, name, rest] = /^([A-Z_]+) is (.*)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined) return null;
  const value = variables[name];
  switch (rest) {
    case 'unset':
      return value === undefined;
    case 'set':
      return value !== undefined;
    case 'empty':
      return value === '';
    case 'falsy-or-unset':
      return !value;
    case 'nonempty':
      return Boolean(value);
    default:
      return rest.startsWith('not ') ? value !== JSON.parse(rest.slice(4)) : value === JSON.parse(rest);
  }
}
