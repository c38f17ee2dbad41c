/** How a value came about: where it was written, and what it passed on its way. */
import type { Origin, Step } from '@bulwark/model';
import { placeIn } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

export interface Trace {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** What happened here, for a step; `null` where the value was written. */
  readonly what: string | null;
  /** The environment variable that was read here. */
  readonly variable: string | null;
  readonly inner: Trace | null;
  readonly depth: number;
  /** For a value that came from outside with its history. */
  readonly given: { readonly from: Origin; readonly via: readonly Step[] } | null;
}

const MAX_STEPS = 12;

export function written(file: SourceFile, node: { readonly start: number; readonly end: number }): Trace {
  return {
    file,
    start: node.start,
    end: node.end,
    what: null,
    variable: null,
    inner: null,
    depth: 0,
    given: null,
  };
}

export function readOf(
  variable: string,
  file: SourceFile,
  node: { readonly start: number; readonly end: number },
): Trace {
  return { file, start: node.start, end: node.end, what: null, variable, inner: null, depth: 0, given: null };
}

/** The trace with one more step; a long chain keeps its innermost steps. */
export function passed(
  inner: Trace,
  what: string,
  file: SourceFile,
  node: { readonly start: number; readonly end: number },
): Trace {
  if (inner.depth >= MAX_STEPS) return inner;
  return {
    file,
    start: node.start,
    end: node.end,
    what,
    variable: null,
    inner,
    depth: inner.depth + 1,
    given: null,
  };
}

export function originOf(trace: Trace): Origin {
  let at = trace;
  while (at.inner) at = at.inner;
  if (at.given) return at.given.from;
  const place = placeIn(at.file, at.start, at.end);
  return at.variable === null ? { kind: 'place', place } : { kind: 'env', variable: at.variable, place };
}

const NO_STEPS: readonly Step[] = [];

/** The steps from where the value was written outwards. */
export function stepsOf(trace: Trace): readonly Step[] {
  if (!trace.inner && !trace.given) return NO_STEPS;
  const steps: Step[] = [];
  for (let at: Trace | null = trace; at; at = at.inner) {
    if (at.given) steps.push(...at.given.via.toReversed());
    if (at.what !== null) steps.push({ what: at.what, place: placeIn(at.file, at.start, at.end) });
  }
  return steps.toReversed();
}

/** The trace of a value made elsewhere, at the place where it came in. */
export function given(
  site: { file: SourceFile; start: number; end: number },
  from: Origin,
  via: readonly Step[],
): Trace {
  return { ...written(site.file, site), given: { from, via } };
}
