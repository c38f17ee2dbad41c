import { describe, expect, test } from '@jest/globals';
import { createDraw } from '../src/draw.ts';
import { createScanner } from '../src/index.ts';
import { PROBES } from './probes.ts';

const SEEDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

describe('what a Node, Express and Prisma team leaks', () => {
  const scanner = createScanner();
  test.each(PROBES.map((probe) => [probe.id, probe] as const))('%s', async (_id, { path, text }) => {
    const missed: string[] = [];
    for (const seed of SEEDS) {
      const { hits } = await scanner.scan({ path, bytes: Buffer.from(text(createDraw(seed))) });
      if (hits.length === 0) missed.push(seed);
    }
    expect(missed).toEqual([]);
  });
});
