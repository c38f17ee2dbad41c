/**
 * An upper bound on the steps a backtracking engine takes for a pattern on a text: each repetition without an
 * end multiplies by the text's length, a repetition of a group that repeats or chooses inside doubles with each unit.
 */
export function costOf(source: string, length: number): number {
  const { unbounded, isNested, bounded } = shapeOf(source);
  const size = Math.max(2, length + 1);
  if (isNested) return 2 ** Math.min(size, 60) * bounded;
  // One more factor for the position the match starts at.
  return size ** Math.min(unbounded + 1, 12) * bounded;
}

interface Shape {
  unbounded: number;
  isNested: boolean;
  bounded: number;
}

interface Group {
  unbounded: number;
  hasChoice: boolean;
}

function shapeOf(source: string): Shape {
  const shape: Shape = { unbounded: 0, isNested: false, bounded: 1 };
  const open: Group[] = [{ unbounded: 0, hasChoice: false }];
  let last: Group | null = null;
  for (let at = 0; at < source.length; at += 1) {
    const unit = source[at]!;
    let closed: Group | null = null;
    if (unit === '\\') {
      // A reference back makes matching expensive in ways that are not counted here.
      if (/[1-9k]/.test(source[at + 1] ?? '')) shape.isNested = true;
      at += 1;
    } else if (unit === '[') {
      at = classEnd(source, at);
    } else if (unit === '(') {
      open.push({ unbounded: 0, hasChoice: false });
    } else if (unit === ')') {
      closed = open.pop() ?? null;
      const outer = open.at(-1);
      if (closed && outer) {
        outer.unbounded += closed.unbounded;
        outer.hasChoice ||= closed.hasChoice;
      }
    } else if (unit === '|') {
      open.at(-1)!.hasChoice = true;
      shape.bounded *= 2;
    } else if ('*+?{'.includes(unit)) {
      at = quantify(source, at, last, open.at(-1)!, shape);
    }
    last = closed;
  }
  return shape;
}

function classEnd(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
}

function quantify(source: string, at: number, group: Group | null, around: Group, shape: Shape): number {
  const counted = /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(at));
  if (source[at] === '{' && !counted) return at;
  const most = counted
    ? counted[2] === ''
      ? Number(counted[1])
      : counted[3] === ''
        ? Infinity
        : Number(counted[3])
    : source[at] === '?'
      ? 1
      : Infinity;
  if (most > 1 && group && (group.unbounded > 0 || group.hasChoice)) shape.isNested = true;
  if (most === Infinity || most > 16) {
    shape.unbounded += 1;
    around.unbounded += 1;
  } else {
    shape.bounded *= Math.max(2, most);
  }
  return counted ? at + counted[0].length - 1 : at;
}
