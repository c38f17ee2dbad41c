/** The two ends a row can come to, as git shows them. */
import { expect } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import { expectUntouched } from './expect-untouched.ts';
import type { Allowed } from './expect-untouched.ts';
import { expectNoSecret } from './leak.ts';
import { runProgram } from './run-program.ts';
import type { How, Place } from './run-program.ts';

export interface Act extends How {
  /** Words after `git`; a plain commit if left out. */
  readonly git?: readonly string[];
  readonly rule?: string;
  readonly allowed?: Allowed;
}

const COMMIT = ['commit', '--message', 'change'];

/**
 * Git is stopped: exit ≠ 0, no ref has moved, and the output holds each place (`path:line`) with the rule, and no
 * secret. @returns the output.
 */
export async function expectBlocked(
  place: Place,
  findings: string | readonly string[],
  { git = COMMIT, rule = 'committed-secret', allowed, ...how }: Act = {},
): Promise<string> {
  const refs = await refsOf(place, how);
  const { code, output } = await expectUntouched(
    place,
    () => runProgram(place, ['git', ...git], how),
    allowed,
  );
  for (const finding of [findings].flat()) expectFinding(output, finding, rule);
  expectNoSecret(output);
  expect(code).not.toBe(0);
  expect(await refsOf(place, how)).toEqual(refs);
  return output;
}

/** The commit is made: exit 0 and HEAD is another. @returns the output. */
export async function expectCommitted(
  place: Place,
  { git = COMMIT, allowed, ...how }: Act = {},
): Promise<string> {
  const before = await headOf(place, how);
  const { code, output } = await expectUntouched(
    place,
    () => runProgram(place, ['git', ...git], how),
    allowed,
  );
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  expect(await headOf(place, how)).not.toBe(before);
  return output;
}

/** A line for this place and rule, as an error. */
export function expectFinding(output: string, finding: string, rule = 'committed-secret'): void {
  const literal = finding.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  expect(output).toMatch(new RegExp(String.raw`^${literal}:\d+ .*error {2}${rule}( |$)`, 'm'));
}

async function refsOf(place: Place, how: How): Promise<string> {
  const { stdout } = await runProgram(place, ['git', 'for-each-ref'], how);
  return stdout + (await headOf(place, how));
}

async function headOf(place: Place, how: How): Promise<string> {
  return (await runProgram(place, ['git', 'rev-parse', '--verify', '--quiet', 'HEAD'], how)).stdout;
}

/** Commits all there is without the hook. @returns the commit. */
export async function slip(repo: TempRepo, message = 'slip'): Promise<string> {
  await repo.git('add', '--all', '--force');
  await repo.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', message);
  return (await repo.git('rev-parse', 'HEAD')).trim();
}
