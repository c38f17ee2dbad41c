/** Running regular expressions of the program, where that cannot take long. */
import type { Machine } from '../machine/machine.ts';
import type { Plain } from '../machine/values.ts';
import { costOf } from './regexp-cost.ts';

export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

export function regexpOf(leaf: Plain): Pattern | null {
  return leaf.kind === 'ref' && !leaf.obj.volatile ? (leaf.obj.slots.pattern ?? null) : null;
}

const MAX_WORK = 2_000_000;

/** The result of running the pattern on the text; `null` if it might take too long. */
export function execOn<T>(
  machine: Machine,
  pattern: Pattern,
  text: string,
  run: (safe: RegExp) => T,
): T | null {
  const work = costOf(pattern.source, text.length);
  if (work > MAX_WORK) return null;
  machine.step(Math.ceil(work / 1_000));
  let safe: RegExp;
  try {
    safe = new RegExp(pattern.source, pattern.flags);
  } catch {
    return null;
  }
  return run(safe);
}

export function matchAllOf(text: string, pattern: RegExp): RegExpMatchArray[] {
  return [...text.matchAll(pattern)];
}
