import { describe, expect, test } from '@jest/globals';
import { createLoader } from '@bulwark/evaluator';
import { memorySnapshot } from '@bulwark/model';
import { openEvaluations } from './evaluations.ts';
import type { Variables } from './evaluations.ts';

/** How often the module is evaluated for these environments. */
async function timesFor(files: Record<string, string>, environments: readonly Variables[]): Promise<number> {
  const evaluations = openEvaluations(createLoader(memorySnapshot(files)));
  let times = 0;
  for (const variables of environments)
    await evaluations.once('test', 'a.ts', variables, () => {
      times += 1;
      return times;
    });
  return times;
}

const MODES = [
  { NODE_ENV: 'development', A: '1' },
  { NODE_ENV: 'production', A: '1' },
];

describe('a module is evaluated once for environments it cannot tell apart', () => {
  test.each<[string, Record<string, string>, number]>([
    ['it reads none', { 'a.ts': 'export default 1;' }, 1],
    ['it reads one that is the same', { 'a.ts': 'export default process.env.A;' }, 1],
    ['it reads one that differs', { 'a.ts': 'export default process.env.NODE_ENV;' }, 2],
    [
      'what it imports reads one that differs',
      { 'a.ts': `export * from './b';`, 'b.ts': 'export const x = process.env.NODE_ENV;' },
      2,
    ],
    ['it takes variables out', { 'a.ts': 'const { NODE_ENV } = process.env; export default NODE_ENV;' }, 2],
    ['it reads by a name', { 'a.ts': `export default process.env['NODE_ENV'];` }, 2],
    ['it takes the environment elsewhere', { 'a.ts': 'const e = process; export default e;' }, 2],
    ['it reads by another way', { 'a.ts': 'export default import.meta.env;' }, 2],
  ])('%s', async (_name, files, times) => {
    expect(await timesFor(files, MODES)).toBe(times);
  });

  test('unset is not the same as unknown', async () => {
    expect(await timesFor({ 'a.ts': 'export default process.env.A;' }, [{ A: null }, {}, { A: null }])).toBe(
      2,
    );
  });
});

test('each purpose has answers of its own', async () => {
  const evaluations = openEvaluations(createLoader(memorySnapshot({ 'a.ts': '' })));
  expect(await evaluations.once('x', 'a.ts', {}, () => 1)).toBe(1);
  expect(await evaluations.once('y', 'a.ts', {}, () => 2)).toBe(2);
  expect(await evaluations.once('x', 'a.ts', {}, () => 3)).toBe(1);
});
