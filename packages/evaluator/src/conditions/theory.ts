/** Which answers about one unknown value can be true together. */
import type { Primitive, Symbolic } from '../machine/values.ts';
import type { Assignment, Atom, Test } from './conditions.ts';

/** Whether the answers contradict each other; only those about `only`, if given. */
export function contradicts(assigned: Assignment, only?: Symbolic): boolean {
  if (only) return contradictsAbout(only, assigned);
  const seen = new Set<Symbolic>();
  for (const { about } of assigned.keys()) {
    if (seen.has(about)) continue;
    seen.add(about);
    if (contradictsAbout(about, assigned) || contradictsFormula(about, assigned)) return true;
  }
  return false;
}

function contradictsAbout(about: Symbolic, assigned: Assignment): boolean {
  const forced = forcedByEquality(about, assigned);
  if (forced) {
    return about.atoms.some((atom) => {
      const answer = assigned.get(atom);
      return answer !== undefined && answer !== holds(atom.test, forced.value);
    });
  }
  const truthy = answerOf(about, assigned, 'truthy');
  const nullish = answerOf(about, assigned, 'nullish');
  if (truthy === true && nullish === true) return true;
  if (nullish === true && excluded(about, assigned, undefined) && excluded(about, assigned, null))
    return true;
  if (truthy === true && about.type === 'boolean' && excluded(about, assigned, true)) return true;
  return truthy === false && falsyOf(about).every((value) => excluded(about, assigned, value));
}

/** A value that follows from known ones is what it follows to. */
function contradictsFormula(about: Symbolic, assigned: Assignment): boolean {
  if (!about.formula) return false;
  const value = forcedByFormula(about, assigned);
  if (!value) return false;
  return about.atoms.some((atom) => {
    const answer = assigned.get(atom);
    return answer !== undefined && answer !== holds(atom.test, value.value);
  });
}

/** The value it must have under these answers, if they leave only one. */
export function forcedValue(about: Symbolic, assigned: Assignment): { value: Primitive } | null {
  return (
    forcedByEquality(about, assigned) ??
    forcedByFalsiness(about, assigned) ??
    forcedByFormula(about, assigned)
  );
}

function forcedByEquality(about: Symbolic, assigned: Assignment): { value: Primitive } | null {
  for (const atom of about.atoms) {
    if (atom.test.kind === 'equals' && assigned.get(atom) === true) return { value: atom.test.value };
  }
  return null;
}

function forcedByFalsiness(about: Symbolic, assigned: Assignment): { value: Primitive } | null {
  const truthy = answerOf(about, assigned, 'truthy');
  if (about.type === 'boolean' && truthy === true && !about.nullish) return { value: true };
  if (truthy !== false) return null;
  const left = falsyOf(about).filter((value) => !excluded(about, assigned, value));
  return left.length === 1 ? { value: left[0] } : null;
}

function forcedByFormula(about: Symbolic, assigned: Assignment): { value: Primitive } | null {
  if (!about.formula) return null;
  const values: Primitive[] = [];
  for (const input of about.formula.inputs) {
    const forced = input.kind === 'prim' ? input : forcedValue(input.base, assigned);
    if (!forced) return null;
    values.push(forced.value);
  }
  try {
    return { value: about.formula.apply(values) };
  } catch {
    return null;
  }
}

function answerOf(about: Symbolic, assigned: Assignment, kind: Test['kind']): boolean | undefined {
  const atom = about.atoms.find(({ test }) => test.kind === kind);
  return atom && assigned.get(atom);
}

function excluded(about: Symbolic, assigned: Assignment, value: Primitive): boolean {
  const nullish = answerOf(about, assigned, 'nullish');
  if (nullish === false && (value === undefined || value === null)) return true;
  return about.atoms.some(
    (atom: Atom) =>
      atom.test.kind === 'equals' && Object.is(atom.test.value, value) && assigned.get(atom) === false,
  );
}

/** Every falsy value it can have; several where that is not known. */
function falsyOf(about: Symbolic): readonly Primitive[] {
  if (about.env !== null) return [undefined, ''];
  const own: Record<string, readonly Primitive[]> = {
    string: [''],
    boolean: [false],
    bigint: [0n],
    number: [0, -0, Number.NaN],
    object: [],
    array: [],
    function: [],
    any: [false, 0, -0, Number.NaN, '', null, undefined, 0n],
  };
  return about.nullish && about.type !== 'any' ? [...own[about.type]!, null, undefined] : own[about.type]!;
}

function holds(test: Test, value: Primitive): boolean {
  if (test.kind === 'truthy') return Boolean(value);
  if (test.kind === 'nullish') return value === null || value === undefined;
  // The question is `===`, for which NaN equals nothing and the zeros are one.
  return test.value === value;
}
