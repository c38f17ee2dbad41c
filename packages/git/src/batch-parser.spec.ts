import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createBatchParser, type BatchAnswer } from './batch-parser.ts';

const id = fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16).repeat(40));
const answer: fc.Arbitrary<BatchAnswer> = fc.oneof(
  fc
    .record({
      kind: fc.constant('object' as const),
      id,
      type: fc.constantFrom('blob', 'commit', 'tag'),
      bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    })
    .map((one) => ({ ...one, size: one.bytes.length })),
  fc.record({ kind: fc.constant('missing' as const), request: id }),
);

/** What git prints for these answers. */
function print(answers: readonly BatchAnswer[], hasBodies: boolean): Buffer {
  return Buffer.concat(
    answers.flatMap((one) => {
      if (one.kind === 'missing') return [Buffer.from(`${one.request} missing\n`)];
      const header = Buffer.from(`${one.id} ${one.type} ${one.size}\n`);
      return hasBodies ? [header, one.bytes, Buffer.from('\n')] : [header];
    }),
  );
}

/** The same bytes in pieces of these lengths, over and over. */
function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length]!;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

const lengths = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 });

test('bodies come out as they went in, wherever the output is cut', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 8 }), lengths, (answers, lengths) => {
      const got: BatchAnswer[] = [];
      const push = createBatchParser(
        () => true,
        (one) => got.push(one),
      );
      for (const piece of cut(print(answers, true), lengths)) push(piece);
      expect(got).toEqual(answers);
    }),
  );
});

test('headers alone, wherever the output is cut', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 8 }), lengths, (answers, lengths) => {
      const got: BatchAnswer[] = [];
      const push = createBatchParser(
        () => false,
        (one) => got.push(one),
      );
      for (const piece of cut(print(answers, false), lengths)) push(piece);
      expect(got).toEqual(
        answers.map((one) => (one.kind === 'object' ? { ...one, bytes: Buffer.alloc(0) } : one)),
      );
    }),
  );
});

test('the last answer is told without waiting for more', () => {
  const got: BatchAnswer[] = [];
  createBatchParser(
    () => true,
    (one) => got.push(one),
  )(Buffer.from(`${'a'.repeat(40)} blob 0\n\n`));
  expect(got).toHaveLength(1);
});
