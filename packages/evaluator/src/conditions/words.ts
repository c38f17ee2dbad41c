/** Conditions in words that fit after "if". */
import type { Primitive, Symbolic } from '../machine/values.ts';
import type { Assignment, Atom } from './conditions.ts';

/** One path of answers: `NODE_ENV is "production" and STRICT is unset`. */
export function describe(answers: Assignment): string {
  const subjects = new Map<Symbolic, Map<Atom, boolean>>();
  for (const [atom, answer] of answers) {
    const about = subjects.get(atom.about) ?? new Map<Atom, boolean>();
    about.set(atom, answer);
    subjects.set(atom.about, about);
  }
  return [...subjects].flatMap(([about, own]) => describeOne(about, own)).join(' and ');
}

function describeOne(about: Symbolic, answers: Assignment): string[] {
  if (about.phrases) return [...answers.values()].map((answer) => about.phrases![answer ? 0 : 1]);
  const { words } = about;
  let truthy: boolean | undefined;
  let nullish: boolean | undefined;
  const unequal: Primitive[] = [];
  for (const [{ test }, answer] of answers) {
    if (test.kind === 'truthy') truthy = answer;
    else if (test.kind === 'nullish') nullish = answer;
    else if (answer)
      return [`${words} is ${about.env !== null && test.value === undefined ? 'unset' : show(test.value)}`];
    else unequal.push(test.value);
  }
  const known = about.env === null ? general(about, truthy, nullish) : variable(words, truthy, unequal);
  const others = unequal
    .filter(
      (value) => !(about.env !== null && (value === undefined || (truthy !== undefined && value === ''))),
    )
    .map((value) => `${words} is not ${show(value)}`);
  return [...known, ...others];
}

function variable(words: string, truthy: boolean | undefined, unequal: readonly Primitive[]): string[] {
  const isSet = unequal.includes(undefined);
  if (truthy === true) return [`${words} is set and not empty`];
  if (truthy === false) {
    if (isSet) return [`${words} is empty`];
    return [unequal.includes('') ? `${words} is unset` : `${words} is unset or empty`];
  }
  return isSet ? [`${words} is set`] : [];
}

function general(about: Symbolic, truthy: boolean | undefined, nullish: boolean | undefined): string[] {
  const said: string[] = [];
  if (truthy !== undefined) {
    if (about.type === 'boolean' && !about.nullish) said.push(`${about.words} is ${truthy}`);
    else said.push(`${about.words} is ${truthy ? 'truthy' : 'falsy'}`);
  }
  if (nullish === true) said.push(`${about.words} is null or undefined`);
  if (nullish === false && truthy !== true) said.push(`${about.words} is neither null nor undefined`);
  return said;
}

export function show(value: Primitive): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}
