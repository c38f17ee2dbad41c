/** The evaluator against Node itself, on random programs. */
import fc from 'fast-check';
import { createLoader, evaluate } from '../../src/index.ts';
import type { Environment } from '../../src/index.ts';
import { memorySnapshot } from '../memory-snapshot.ts';
import { compare, Mismatch } from './compare.ts';
import type { Tally } from './compare.ts';
import { programFrom } from './programs.ts';
import type { Program } from './programs.ts';
import { runInNode } from './run-node.ts';
import type { Run, Variables } from './run-node.ts';

export const ENVIRONMENTS: readonly Variables[] = [
  { NODE_ENV: 'development', EMPTY: '' },
  { NODE_ENV: 'production', STRICT: 'true', ORIGINS: '1,2,3', PORT: '8000', EMPTY: '' },
  { STRICT: '', ORIGINS: ' a , b', PORT: '12px' },
];

export interface Failure {
  readonly program: Program;
  readonly message: string;
  readonly numbers: readonly number[];
}

export interface Result {
  readonly programs: number;
  readonly skipped: number;
  /** Variables known: what "undecided" is measured on. */
  readonly known: Tally;
  /** Every variable unknown: outcomes are chosen by their conditions. */
  readonly open: Tally;
  readonly failures: readonly Failure[];
}

const tapes = fc.array(fc.nat({ max: 0xffff }), { minLength: 60, maxLength: 700, size: 'max' });

/** Runs `count` programs made from a seed. */
export async function runDifferential(seed: number, count: number, batch = 250): Promise<Result> {
  const known: Tally = { known: 0, undecided: 0 };
  const open: Tally = { known: 0, undecided: 0, isOpen: true };
  const failures: Failure[] = [];
  let skipped = 0;
  const all = fc.sample(tapes, { seed, numRuns: count });
  for (let from = 0; from < all.length; from += batch) {
    const numbers = all.slice(from, from + batch);
    const programs = numbers.map(programFrom);
    const runs = await runInNode(programs, ENVIRONMENTS);
    for (const [index, program] of programs.entries()) {
      const real = runs[index];
      if (!real) {
        skipped += 1;
        continue;
      }
      const message = await check(program, real, known, open);
      if (message !== null) failures.push({ program, message, numbers: numbers[index]! });
    }
  }
  return { programs: count, skipped, known, open, failures };
}

/** What is wrong with the evaluator's answers on one program; `null` if nothing is. */
export async function check(
  program: Program,
  runs: readonly Run[],
  known: Tally,
  open: Tally,
): Promise<string | null> {
  const graph = await createLoader(memorySnapshot(program.files)).load(program.entry);
  const isCommonJs = program.format === 'cjs';
  try {
    for (const [index, variables] of ENVIRONMENTS.entries()) {
      const env: Environment = { variables, others: 'unset' };
      compareAs(`variables known, environment ${index}`, () =>
        compare(evaluate(graph, { env }), runs[index]!, variables, known, isCommonJs, false),
      );
    }
    const blind = evaluate(graph, { env: { variables: {}, others: 'unknown' } });
    for (const [index, variables] of ENVIRONMENTS.entries())
      compareAs(`variables unknown, environment ${index}`, () =>
        compare(blind, runs[index]!, variables, open, isCommonJs, true),
      );
  } catch (error) {
    if (error instanceof Mismatch) return error.message;
    return `crash: ${error instanceof Error ? error.stack : String(error)}`;
  }
  return null;
}

function compareAs(what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Mismatch) throw new Mismatch(`${what}: ${error.message}`);
    throw error;
  }
}

/** A smaller program that still fails, found by cutting and lowering its numbers. */
export async function shrink(failure: Failure, tries = 40): Promise<Failure> {
  let best = failure;
  for (let round = 0; round < tries; round += 1) {
    const candidates = smaller(best.numbers, round).map((numbers) => ({
      numbers,
      program: programFrom(numbers),
    }));
    const runs = await runInNode(
      candidates.map(({ program }) => program),
      ENVIRONMENTS,
    );
    let found: Failure | null = null;
    for (const [index, { numbers, program }] of candidates.entries()) {
      const real = runs[index];
      if (!real) continue;
      const message = await check(
        program,
        real,
        { known: 0, undecided: 0 },
        { known: 0, undecided: 0, isOpen: true },
      );
      if (message !== null && sizeOf(program) < sizeOf(found?.program ?? best.program))
        found = { numbers, program, message };
    }
    if (!found && round > 4) break;
    best = found ?? best;
  }
  return best;
}

function sizeOf(program: Program): number {
  return Object.values(program.files).join('').length;
}

function smaller(numbers: readonly number[], round: number): number[][] {
  const made: number[][] = [];
  for (let part = 0; part < 60; part += 1) {
    const at = Math.floor((numbers.length * part) / 60);
    const length = 1 + ((round * 7 + part) % 9);
    made.push([...numbers.slice(0, at), ...numbers.slice(at + length)]);
    made.push(numbers.map((number, index) => (index >= at && index < at + length ? 0 : number)));
  }
  made.push(
    numbers.slice(0, Math.floor(numbers.length / 2)),
    numbers.slice(0, Math.floor((numbers.length * 3) / 4)),
  );
  return made;
}
