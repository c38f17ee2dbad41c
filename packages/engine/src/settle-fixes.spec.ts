import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@bulwark/model';
import type { Offer } from './plan-fixes.ts';
import { settleFixes } from './settle-fixes.ts';
import type { Trial } from './settle-fixes.ts';

const found = (name: string, app = 'apps/a'): Finding =>
  ({
    rule: `rule-${name}`,
    fingerprint: name,
    app,
    path: `${app}/arkos.config.ts`,
    message: `is ${name}`,
  }) as Finding;
const offer = (name: string, app?: string): Offer => ({
  finding: found(name, app),
  fix: { title: name, edits: [] },
});
const one = offer('one');
const two = offer('two');
const three = offer('three', 'apps/b');
const before: Trial = { findings: [one, two, three].map(({ finding }) => finding), problems: [] };

/** What is left when these are mended, and what each of some names brings instead. */
const world =
  (brings: Record<string, readonly Finding[]>, asked: string[][] = []) =>
  (some: readonly Offer[]): Promise<Trial> => {
    const names = some.map(({ finding }) => finding.fingerprint);
    asked.push(names);
    const rest = before.findings.filter(
      ({ fingerprint }) => !names.includes(fingerprint) || fingerprint in brings,
    );
    const gone = rest.filter(
      ({ fingerprint }) => !(names.includes(fingerprint) && brings[fingerprint]!.length > 0),
    );
    return Promise.resolve({
      findings: [...gone, ...names.flatMap((name) => brings[name] ?? [])],
      problems: [],
    });
  };

describe('trying fixes', () => {
  test('one trial is enough where all is well', async () => {
    const asked: string[][] = [];
    const { kept, left } = await settleFixes([one, two, three], before, world({}, asked));
    expect({ kept, left }).toEqual({ kept: [one, two, three], left: [] });
    expect(asked).toEqual([['one', 'two', 'three']]);
  });

  test('one that brings another finding is left alone, and only that', async () => {
    const { kept, left } = await settleFixes([one, two, three], before, world({ two: [found('worse')] }));
    expect(kept).toEqual([one, three]);
    expect(left).toEqual([{ ...two, why: 'it would bring rule-worse: is worse' }]);
  });

  test('one that brings it to an app nobody touched, too', async () => {
    const { kept, left } = await settleFixes([one, three], before, world({ one: [found('far', 'apps/z')] }));
    expect(kept).toEqual([three]);
    expect(left.map(({ why }) => why)).toEqual(['it would bring rule-far: is far']);
  });

  test('one whose finding stays', async () => {
    const { kept, left } = await settleFixes([one, two], before, world({ one: [] }));
    expect(kept).toEqual([two]);
    expect(left).toEqual([{ ...one, why: 'the finding would stay' }]);
  });

  test('one that keeps something from being read', async () => {
    const tryOut = (some: readonly Offer[]): Promise<Trial> =>
      Promise.resolve({
        findings: [],
        problems: some.includes(two)
          ? [{ path: 'apps/a/arkos.config.ts', message: 'has a syntax error' }]
          : [],
      });
    const { kept, left } = await settleFixes([one, two], before, tryOut);
    expect(kept).toEqual([one]);
    expect(left[0]?.why).toBe('afterwards apps/a/arkos.config.ts has a syntax error');
  });

  test('nothing offered, nothing tried', async () => {
    const never = (): Promise<Trial> => Promise.reject(new Error('tried'));
    expect(await settleFixes([], before, never)).toEqual({ kept: [], left: [] });
  });
});
