import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from './json.ts';
import { at, foldOutcomes, fromJson, outcomesOf, property, sameValue, toJson } from './read-value.ts';
import type { Origin, Unknown, Value } from './value.ts';

const here: Origin = { kind: 'default', of: 'a test' };
const value = (json: Json): Value => fromJson(json, here);
const unknown: Unknown = { kind: 'unknown', why: 'depends on X', from: here };

describe('reading values', () => {
  test('JSON goes in and comes out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
        fc.pre(!JSON.stringify(json).includes('-0'));
        expect(toJson(value(json as Json))).toEqual(json);
      }),
    );
  });

  test('a key named like a method of Object is absent unless it was written', () => {
    expect(at(value({ a: {} }), 'a.constructor').kind).toBe('absent');
    expect(at(value(JSON.parse('{"__proto__":{"x":1}}') as Json), '__proto__.x')).toMatchObject({
      kind: 'known',
      value: 1,
    });
  });

  test('a step into a primitive or past an absent key is absent', () => {
    expect(at(value({ a: 1 }), 'a.b.c').kind).toBe('absent');
    expect(at(value({}), 'a.b').kind).toBe('absent');
  });

  test('through an unknown it stays unknown, without the fallback of the whole', () => {
    const inner = property({ ...unknown, fallback: { kind: 'known', value: 'x', from: here } }, 'a');
    expect(inner).toEqual(unknown);
  });

  test('an unknown spread hides every key that was not written after it', () => {
    const open: Value = {
      kind: 'known',
      value: { type: 'object', entries: { a: { value: value(1) } }, rest: unknown },
      from: here,
    };
    expect(at(open, 'a')).toMatchObject({ value: 1 });
    expect(at(open, 'b').kind).toBe('unknown');
    expect(toJson(open)).toBeUndefined();
  });

  test('outcomes are followed one by one and fold where they agree', () => {
    const branch: Value = {
      ...unknown,
      outcomes: [
        { when: 'X is set', value: value({ a: 1, b: 1 }) },
        { when: 'X is unset', value: value({ a: 1, b: 2 }) },
      ],
    };
    expect(at(branch, 'a')).toMatchObject({ kind: 'known', value: 1 });
    expect(outcomesOf(at(branch, 'b'))).toMatchObject([
      { when: 'X is set', value: { value: 1 } },
      { when: 'X is unset', value: { value: 2 } },
    ]);
  });

  test('conditions of nested outcomes join', () => {
    const inner: Value = {
      ...unknown,
      outcomes: [
        { when: 'Y is set', value: value(1) },
        { when: 'Y is unset', value: value(2) },
      ],
    };
    const outer: Value = {
      ...unknown,
      outcomes: [
        { when: 'X is set', value: inner },
        { when: 'X is unset', value: value(3) },
      ],
    };
    expect(outcomesOf(outer).map(({ when }) => when)).toEqual([
      'X is set and Y is set',
      'X is set and Y is unset',
      'X is unset',
    ]);
  });

  test('two unknowns are never the same answer', () => {
    expect(sameValue(unknown, unknown)).toBe(false);
    expect(
      foldOutcomes(
        [
          { when: 'a', value: unknown },
          { when: 'b', value: unknown },
        ],
        unknown,
      ).kind,
    ).toBe('unknown');
  });
});
