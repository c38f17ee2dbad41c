import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyEdits, decodeExactly, replacementsOf } from './apply-edits.ts';
import type { Edit, Literal, RenameKey, SetValue } from './fix.ts';
import type { Place } from './place.ts';

/** The place of the first occurrence of a stretch, with lines and columns as the evaluator counts them. */
function placeOf(text: string, stretch: string, path = 'a.ts'): Place {
  const start = text.indexOf(stretch);
  const at = (offset: number): { line: number; column: number } => {
    const before = text.slice(0, offset).split(/\r\n|[\n\r]/);
    return { line: before.length, column: before.at(-1)!.length + 1 };
  };
  const end = at(start + stretch.length);
  return { path, ...at(start), endLine: end.line, endColumn: end.column };
}

function set(text: string, property: string, was: Literal, to: Literal, path?: string): SetValue {
  const key = /[\w$]+/.exec(property)![0];
  return { kind: 'set-value', place: placeOf(text, property, path), key, was, to };
}

function rename(text: string, property: string, to: string): RenameKey {
  const key = /[\w$]+/.exec(property)![0];
  return { kind: 'rename-key', place: placeOf(text, property), key, to };
}

describe('setting a value', () => {
  test.each<[string, string, Literal, Literal, string]>([
    ['{ a: { b: false } }', 'b: false', false, true, '{ a: { b: true } }'],
    ['{\r\n  "b" :false,\r\n}\r\n', '"b" :false', false, true, '{\r\n  "b" :true,\r\n}\r\n'],
    ['\uFEFF{ b: false }', 'b: false', false, true, '\uFEFF{ b: true }'],
    ["{ c: 'x', b: false }", 'b: false', false, 'no-bulk', "{ c: 'x', b: 'no-bulk' }"],
    ['{ c: "x", b: false }', 'b: false', false, 'no-bulk', '{ c: "x", b: "no-bulk" }'],
    ['{ c: \'x\', "b": false }', '"b": false', false, 'no-bulk', '{ c: \'x\', "b": "no-bulk" }'],
    ["{ b: 'none' }", "b: 'none'", 'none', 'lax', "{ b: 'lax' }"],
    ['{ b: 12 }', 'b: 12', 12, 5, '{ b: 5 }'],
    ['{ b:\n    null }', 'b:\n    null', null, 1, '{ b:\n    1 }'],
  ])('%j', (text, property, was, to, after) => {
    expect(applyEdits(text, [set(text, property, was, to)])).toBe(after);
  });

  test.each([
    ['a comment', '{ b: /* on */ false }', 'b: /* on */ false'],
    ['an expression', '{ b: on || false }', 'b: on || false'],
    ['a choice', '{ b: on ? true : false }', 'b: on ? true : false'],
    ['a cast', '{ b: false as const }', 'b: false as const'],
    ['a shorthand', '{ b }', 'b'],
    ['another value', '{ b: true }', 'b: true'],
    ['a text of the same name', "{ b: 'false' }", "b: 'false'"],
    ['a computed key', '{ [b]: false }', '[b]: false'],
    ['half a property', '{ b: false }', ': false'],
  ])('is refused where %s stands', (_name, text, property) => {
    const edit = { ...set(text, property, false, true), key: 'b' };
    expect(applyEdits(text, [edit])).toBeNull();
  });

  test('is refused beyond the end, in another file, and without a file', () => {
    const edit = set('{ b: false }', 'b: false', false, true);
    const line = { ...edit, place: { ...edit.place, line: 7, endLine: 7 } };
    expect(applyEdits('{ b: false }', [line])).toBeNull();
    expect(applyEdits('{ c: false }', [edit])).toBeNull();
    expect(applyEdits(null, [edit])).toBeNull();
  });

  test('JSON takes double quotes', () => {
    const text = '{"it\'s": "it\'s", "b": false}';
    expect(applyEdits(text, [set(text, '"b": false', false, 'x', 'a.json')])).toContain('"b": "x"');
  });
});

describe('renaming a key', () => {
  test.each([
    ['{ max: 50 }', 'max: 50', '{ limit: 50 }'],
    ["{ 'max' : 50 }", "'max' : 50", "{ 'limit' : 50 }"],
    ['{ max }', 'max', '{ limit: max }'],
    ['{ max:\r\n  f({ max: 1 }) }', 'max:\r\n  f({ max: 1 })', '{ limit:\r\n  f({ max: 1 }) }'],
  ])('%j', (text, property, after) => {
    expect(applyEdits(text, [rename(text, property, 'limit')])).toBe(after);
  });

  test('a method or another key is refused', () => {
    const edit = rename('{ max: 50 }', 'max: 50', 'limit');
    for (const text of ['{ max() {} }', '{ maxi: 5 }', '{ mix: 50 }'])
      expect(applyEdits(text, [edit])).toBeNull();
  });
});

describe('appending lines', () => {
  const append = (...lines: string[]): Edit => ({ kind: 'append-lines', path: '.gitignore', lines });
  test.each<[string | null, string]>([
    [null, '.env\n.env.local\n'],
    ['', '.env\n.env.local\n'],
    ['dist\n', 'dist\n.env\n.env.local\n'],
    ['dist', 'dist\n.env\n.env.local\n'],
    ['dist\r\nlib', 'dist\r\nlib\r\n.env\r\n.env.local\r\n'],
  ])('to %j', (text, after) => {
    expect(applyEdits(text, [append('.env', '.env.local'), append('.env.local')])).toBe(after);
  });
});

describe('several edits', () => {
  const text = '{ a: false, b: { max: 1 } }';
  test('the same one twice is one; neighbours all count', () => {
    const a = set(text, 'a: false', false, true);
    const max = rename(text, 'max: 1', 'limit');
    const b = rename(text, 'b: { max: 1 }', 'c');
    expect(applyEdits(text, [b, max, a, a])).toBe('{ a: true, c: { limit: 1 } }');
    expect(replacementsOf(text, [max, a])).toEqual([
      { start: 5, end: 10, text: 'true' },
      { start: 17, end: 20, text: 'limit' },
    ]);
  });

  test('two on one stretch are refused', () => {
    const edits = [set(text, 'a: false', false, true), set(text, 'a: false', false, null)];
    expect(applyEdits(text, edits)).toBeNull();
  });
});

test('all but the value stays, whatever is around it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      const head = `${before}\n`;
      const text = `${head}b: false${after}`;
      const line = head.split(/\r\n|[\n\r\u2028\u2029]/).length;
      const place: Place = { path: 'a.ts', line, column: 1, endLine: line, endColumn: 9 };
      const edit: SetValue = { kind: 'set-value', place, key: 'b', was: false, to: true };
      expect(applyEdits(text, [edit])).toBe(`${head}b: true${after}`);
    }),
  );
});

test('text that is not UTF-8 has no edits; a byte order mark counts', () => {
  expect(decodeExactly(Uint8Array.of(0xff, 0x61))).toBeNull();
  expect(decodeExactly(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\uFEFFa');
});
