/** The outcomes of a choice, and other parts of turning values into plain data. */
import type { Data, Known, Outcome, Unknown } from '@bulwark/model';
import type { Atom, Cond } from './conditions/conditions.ts';
import { describe } from './conditions/words.ts';
import type { Machine } from './machine/machine.ts';
import { inOrder } from './machine/heap.ts';
import type { Obj } from './machine/objects.ts';

import type { Leaf, Primitive, Sym, Val } from './machine/values.ts';
import { originOf, stepsOf } from './source/trace.ts';

/** The literal that is used where what is unknown turns out empty. */
export function fallbackOf(
  groups: readonly { leaf: Leaf; answers: readonly ReadonlyMap<Atom, boolean>[] }[],
  outcomes: readonly Outcome[],
): Known | null {
  if (groups.length !== 2) return null;
  const at = groups.findIndex(({ leaf }) => leaf.kind === 'sym');
  const other = outcomes[1 - at]?.value;
  const unknown = groups[at]?.leaf;
  if (at === -1 || other?.kind !== 'known' || unknown?.kind !== 'sym') return null;
  const [answers, ...more] = groups[1 - at]!.answers;
  const [first] = answers ?? [];
  if (more.length > 0 || !first || first[0].about !== unknown.base) return null;
  const [atom, answer] = first;
  const isEmpty =
    atom.test.kind === 'truthy'
      ? !answer
      : atom.test.kind === 'nullish'
        ? answer
        : answer && atom.test.value === undefined;
  return isEmpty ? other : null;
}

export function wordsOf(paths: readonly ReadonlyMap<Atom, boolean>[]): string {
  const said = [...new Set(paths.map(describe))];
  return said.length === 1
    ? said[0]!
    : said.map((words) => (words.includes(' and ') ? `(${words})` : words)).join(' or ');
}

/** Every way to a leaf that is possible on the path that is being followed, and the answers that lead there. */
export function pathsOf(
  machine: Machine,
  val: Val,
): { leaf: Leaf; answers: ReadonlyMap<Atom, boolean>; pc: Cond }[] {
  const paths: { leaf: Leaf; answers: ReadonlyMap<Atom, boolean>; pc: Cond }[] = [];
  const { conditions } = machine;
  const visit = (at: Val, pc: Cond, answers: ReadonlyMap<Atom, boolean>): void => {
    machine.step();
    if (at.kind !== 'choice') {
      paths.push({ leaf: at, answers, pc });
      return;
    }
    const is = conditions.atom(at.atom.about, at.atom.test);
    const yes = conditions.and(pc, is);
    const no = conditions.and(pc, conditions.not(is));
    if (!conditions.possible(no)) visit(at.hi, yes, answers);
    else if (!conditions.possible(yes)) visit(at.lo, no, answers);
    else {
      visit(at.hi, yes, new Map([...answers, [at.atom, true]]));
      visit(at.lo, no, new Map([...answers, [at.atom, false]]));
    }
  };
  visit(val, machine.pc, new Map());
  return paths;
}

export function unknownOf({ base, trace }: Sym): Unknown {
  const via = stepsOf(trace);
  return {
    kind: 'unknown',
    why: base.why,
    from: originOf(trace),
    ...(base.variables.length > 0 ? { variables: base.variables } : {}),
    ...(base.foreign ? { foreign: base.foreign } : {}),
    ...(via.length > 0 ? { via } : {}),
  };
}

export function dataOf(value: Primitive): Data {
  switch (typeof value) {
    case 'undefined':
      return { type: 'undefined' };
    case 'bigint':
      return { type: 'bigint', text: String(value) };
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return { type: 'number', text: Object.is(value, -0) ? '-0' : (String(value) as 'NaN') };
    default:
      return value;
  }
}

export function holdsAccessor(slot: Val): boolean {
  return slot.kind === 'choice' ? holdsAccessor(slot.hi) || holdsAccessor(slot.lo) : slot.kind === 'accessor';
}

export function keysInOrder(obj: Obj): string[] {
  const keys: string[] = [];
  let hasIndices = false;
  for (const key of obj.props.keys()) {
    const first = key.charCodeAt(0);
    if (first === 0) continue;
    if (first >= 48 && first <= 57) hasIndices = true;
    keys.push(key);
  }
  return hasIndices ? inOrder(keys) : keys;
}
