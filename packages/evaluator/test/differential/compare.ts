/** Holds what the evaluator says against what Node did. */
import { property } from '@bulwark/model';
import type { Data, Value } from '@bulwark/model';
import type { Evaluation } from '../../src/index.ts';
import { holds } from './holds.ts';
import type { Run, Variables } from './run-node.ts';

export interface Tally {
  known: number;
  undecided: number;
  /** Whether variables are unknown. */
  readonly isOpen?: boolean;
}

export class Mismatch extends Error {}

/** @throws Mismatch if the evaluator claims something Node did not do. */
export function compare(
  evaluation: Evaluation,
  run: Run,
  variables: Variables,
  tally: Tally,
  isCommonJs: boolean,
  isOpen: boolean,
): void {
  const { threw } = evaluation;
  const throwsHere = threw === null ? false : threw.when === null ? true : holds(threw.when, variables);
  if (throwsHere === null) {
    tally.undecided += 1;
    return;
  }
  if ('threw' in run) {
    if (evaluation.exports.kind === 'unknown' && threw === null && !evaluation.exports.outcomes) {
      tally.undecided += 1;
      return;
    }
    if (
      !throwsHere &&
      isOpen &&
      /^(?:Type|Reference)Error/.test(run.threw) &&
      JSON.stringify(evaluation.exports).includes('"unknown"')
    ) {
      // What is unknown is taken to have the members that are read from it.
      tally.undecided += 1;
      return;
    }
    if (!throwsHere) throw new Mismatch(`Node threw ${run.threw}, the evaluator did not`);
    tally.known += 1;
    return;
  }
  if (throwsHere) throw new Mismatch(`the evaluator threw (${threw?.because}), Node did not`);
  // Which names of a CommonJS module can be imported is guessed by Node from its text: what counts is the whole.
  const exports = isCommonJs ? property(evaluation.exports, 'default') : evaluation.exports;
  compareValue(exports, run.exports, variables, tally, 'exports');
}

type Encoded = null | string | number | boolean | Record<string, unknown>;

function compareValue(value: Value, real: unknown, variables: Variables, tally: Tally, path: string): void {
  if (isTagged(real, 'deep') || isTagged(real, 'circular')) return;
  if (value.kind === 'unknown') {
    compareUnknown(value, real, variables, tally, path);
    return;
  }
  if (value.kind === 'absent') {
    if (!isTagged(real, 'hole')) throw new Mismatch(`${path}: absent, but Node has ${JSON.stringify(real)}`);
    return;
  }
  compareData(value.value, real as Encoded, variables, tally, path);
}

function compareUnknown(
  value: Extract<Value, { kind: 'unknown' }>,
  real: unknown,
  variables: Variables,
  tally: Tally,
  path: string,
): void {
  const outcome = chosen(value, variables);
  if (outcome === null) tally.undecided += 1;
  else if (outcome === 'none')
    throw new Mismatch(`${path}: no outcome holds of ${value.outcomes?.map(({ when }) => when).join(' | ')}`);
  else compareValue(outcome, real, variables, tally, path);
}

/** The outcome that holds, `null` if that cannot be told, `none` if every one is ruled out. */
function chosen(value: Extract<Value, { kind: 'unknown' }>, variables: Variables): Value | 'none' | null {
  if (!value.outcomes) return null;
  const verdicts = value.outcomes.map(({ when }) => holds(when, variables));
  const yes = verdicts.filter((verdict) => verdict === true).length;
  if (yes > 1)
    throw new Mismatch(`two outcomes hold at once: ${value.outcomes.map(({ when }) => when).join(' | ')}`);
  if (yes === 1) return value.outcomes[verdicts.indexOf(true)]!.value;
  return verdicts.includes(null) ? null : 'none';
}

function compareData(data: Data, real: Encoded, variables: Variables, tally: Tally, path: string): void {
  const fail = (): never => {
    throw new Mismatch(
      `${path}: ${JSON.stringify(data)?.slice(0, 300)}, but Node has ${JSON.stringify(real)?.slice(0, 300)}`,
    );
  };
  if (typeof data !== 'object' || data === null) {
    if (data !== real) fail();
    tally.known += 1;
    return;
  }
  tally.known += 1;
  switch (data.type) {
    case 'undefined':
      if (!isTagged(real, 'undefined')) fail();
      return;
    case 'number':
      if (!isTagged(real, 'number') || real.number !== data.text) fail();
      return;
    case 'bigint':
      if (!isTagged(real, 'bigint') || real.bigint !== data.text) fail();
      return;
    case 'function':
      if (
        !isTagged(real, 'function') ||
        (data.name !== '' && data.name !== real.function && real.function !== '')
      )
        fail();
      return;
    case 'regexp':
      if (!isTagged(real, 'regexp') || real.regexp !== data.source || real.flags !== data.flags) fail();
      return;
    case 'instance':
      if (!isTagged(real, 'instance')) fail();
      return;
    case 'array':
      compareArray(data, real, variables, tally, path, fail);
      return;
    default:
      compareObject(data, real, variables, tally, path, fail);
  }
}

function compareArray(
  data: Extract<Data, { type: 'array' }>,
  real: Encoded,
  variables: Variables,
  tally: Tally,
  path: string,
  fail: () => never,
): void {
  if (!isTagged(real, 'array')) return fail();
  const items = real.array as unknown[];
  if (data.rest) {
    tally.undecided += 1;
    return;
  }
  if (items.length !== data.items.length) fail();
  for (const [index, item] of data.items.entries())
    compareValue(item, items[index], variables, tally, `${path}[${index}]`);
}

function compareObject(
  data: Extract<Data, { type: 'object' }>,
  real: Encoded,
  variables: Variables,
  tally: Tally,
  path: string,
  fail: () => never,
): void {
  if (!isTagged(real, 'object')) return fail();
  const entries = new Map(real.object as [string, unknown][]);
  const kept: string[] = [];
  // What is written under a condition has no certain position.
  let isOrdered = !data.rest && !tally.isOpen;
  for (const [key, { value }] of Object.entries(data.entries)) {
    const state = presence(value, variables);
    if (state === 'absent') {
      if (entries.has(key)) throw new Mismatch(`${path}.${key}: absent, but Node has it`);
      continue;
    }
    if (state === 'unsure') {
      tally.undecided += 1;
      isOrdered = false;
      continue;
    }
    if (!entries.has(key) && data.rest && value.kind === 'unknown') {
      tally.undecided += 1;
      continue;
    }
    if (!entries.has(key)) throw new Mismatch(`${path}.${key}: not there in Node`);
    // A key that may be absent has no certain position.
    if (mayBeAbsent(value)) isOrdered = false;
    kept.push(key);
    compareValue(value, entries.get(key), variables, tally, `${path}.${key}`);
  }
  if (data.rest) tally.undecided += 1;
  else if (isOrdered && JSON.stringify(kept) !== JSON.stringify([...entries.keys()])) {
    const isSame = JSON.stringify(kept.toSorted()) === JSON.stringify([...entries.keys()].toSorted());
    throw new Mismatch(
      `${path}: keys ${kept.join()} ${isSame ? '(order)' : ''}, but Node has ${[...entries.keys()].join()}`,
    );
  }
}

function mayBeAbsent(value: Value): boolean {
  return (
    value.kind === 'absent' ||
    (value.kind === 'unknown' && (value.outcomes ?? []).some(({ value: inner }) => mayBeAbsent(inner)))
  );
}

/** Whether a property is there under these variables. */
function presence(value: Value, variables: Variables): 'present' | 'absent' | 'unsure' {
  if (value.kind === 'absent') return 'absent';
  if (value.kind === 'known') return 'present';
  if (!value.outcomes) return 'present';
  const inner = chosen(value, variables);
  if (inner === null)
    return value.outcomes.some(({ value: one }) => presence(one, variables) !== 'present')
      ? 'unsure'
      : 'present';
  return inner === 'none' ? 'present' : presence(inner, variables);
}

function isTagged<T extends string>(
  real: unknown,
  tag: T,
): real is Record<T, unknown> & Record<string, unknown> {
  return typeof real === 'object' && real !== null && tag in real;
}
