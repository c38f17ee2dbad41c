/** How short a value may be, and of what characters: read from its pattern, for tests on bytes. */
import { classOf } from './byte-class.ts';

export interface ValueShape {
  /** The least length of a match. */
  readonly least: number;
  /** Byte classes of all characters of a match, in either case. */
  readonly classes: number;
}

/**
 * Reads characters, classes of them, counts (`{3}`, `{3,9}`) and groups of alternatives (`(?:…|…)`).
 * @throws Error for anything else.
 */
export function shapeOf(pattern: string): ValueShape {
  const { shape, end } = alternatives(pattern, 0);
  if (end !== pattern.length) throw new Error(`not a pattern of a value: ${pattern}`);
  return shape;
}

interface Read {
  readonly shape: ValueShape;
  readonly end: number;
}

const PART = /\[([^\]\\^]+)\]|\(\?:|[\w-]/y;
const COUNT = /\{(\d+)(?:,\d+)?\}/y;

function alternatives(pattern: string, from: number): Read {
  let { shape, end } = sequence(pattern, from);
  while (pattern[end] === '|') {
    const next = sequence(pattern, end + 1);
    const least = Math.min(shape.least, next.shape.least);
    shape = { least, classes: shape.classes | next.shape.classes };
    end = next.end;
  }
  return { shape, end };
}

function sequence(pattern: string, from: number): Read {
  let [least, classes, end] = [0, 0, from];
  while (end < pattern.length && pattern[end] !== '|' && pattern[end] !== ')') {
    PART.lastIndex = end;
    const [part, inside] = PART.exec(pattern) ?? [];
    if (part === undefined) throw new Error(`not a pattern of a value: ${pattern}`);
    end += part.length;
    let shape = { least: 1, classes: part === '(?:' ? 0 : classesOf(inside ?? part) };
    if (part === '(?:') {
      const inner = alternatives(pattern, end);
      if (pattern[inner.end] !== ')') throw new Error(`not a pattern of a value: ${pattern}`);
      ({ shape } = inner);
      end = inner.end + 1;
    }
    COUNT.lastIndex = end;
    const [count = '', times = '1'] = COUNT.exec(pattern) ?? [];
    end += count.length;
    least += shape.least * Number(times);
    classes |= shape.classes;
  }
  return { shape: { least, classes }, end };
}

/** Of the inside of a class: characters and ranges of them. */
function classesOf(inside: string): number {
  let classes = 0;
  for (const [part] of inside.matchAll(/.-.|./gs)) {
    const [first, last] = [part.charCodeAt(0), part.charCodeAt(part.length - 1)];
    for (let code = first; code <= last; code += 1)
      for (const char of [String.fromCharCode(code).toLowerCase(), String.fromCharCode(code).toUpperCase()])
        classes |= classOf(char);
  }
  return classes;
}
