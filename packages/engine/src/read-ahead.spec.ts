import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAhead } from './read-ahead.ts';

test('answers come in order, each once, however reads end and whatever their size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ size: fc.nat(20_000_000), fails: fc.boolean(), delay: fc.nat(3) }), {
        maxLength: 200,
      }),
      async (items) => {
        const read = async (item: (typeof items)[number]): Promise<Uint8Array> => {
          for (let turn = 0; turn < item.delay; turn += 1) await Promise.resolve();
          if (item.fails) throw new Error('gone');
          return new Uint8Array(1);
        };
        const seen: unknown[] = [];
        for await (const answer of readAhead(items, ({ size }) => size, read)) {
          expect('error' in answer).toBe(answer.item.fails);
          seen.push(answer.item);
        }
        expect(seen).toEqual(items);
      },
    ),
    { numRuns: 50 },
  );
});

test('large files are not read all at once', async () => {
  let underWay = 0;
  let most = 0;
  const read = async (): Promise<Uint8Array> => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 1));
    underWay -= 1;
    return new Uint8Array();
  };
  for await (const _ of readAhead(Array.from({ length: 40 }), () => 10_000_000, read));
  expect(most).toBeLessThanOrEqual(2);
});
