import { describe, expect, test } from '@jest/globals';
import { startOf } from '@bulwark/model';
import fc from 'fast-check';
import { findSuppressions } from './suppressions.ts';

// Joined here, so that this file holds none.
const allow = (rest: string): string => ['bulwark', 'allow'].join('-') + rest;
const kinds = (text: string): string[] =>
  findSuppressions('a.ts', Buffer.from(text), null).map(({ kind, rule }) => `${kind} ${rule}`);

describe('comments that accept nothing', () => {
  test.each([
    [`// ${allow(' cors-origin')}`, ['no-reason cors-origin']],
    [`// ${allow(' cors-origin:')}`, ['no-reason cors-origin']],
    [`// ${allow(' cors-origin:   ')}\r`, ['no-reason cors-origin']],
    [`/* ${allow(' cors-origin: */')}`, ['no-reason cors-origin']],
    [`<!-- ${allow(' env-file -->')}`, ['no-reason env-file']],
    [`# ${allow(' committed-secret: an example')}`, ['no-fingerprint committed-secret']],
    [`# ${allow(' committed-secret 0123abcd:')}`, ['no-reason committed-secret']],
    [`x\n// ${allow(' a-b')}\n// ${allow(' c-d:')}`, ['no-reason a-b', 'no-reason c-d']],
  ])('%j', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  test.each([
    `// ${allow(' cors-origin: the status page is for everyone')}`,
    `/* ${allow(' cors-origin: a reason */ const x = 1;')}`,
    `# ${allow(' committed-secret 0123abcd: an example')}`,
    `a comment ${allow(' rule and more words')}`,
    `write \`${allow(' <rule>: <reason>')}\``,
    allow('ed cors-origin:'),
    'nothing at all',
  ])('not %j', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  test('names line and columns', () => {
    expect(
      findSuppressions('a.ts', Buffer.from(`x\n  // ${allow(' cors-origin:  ')}\n`), null)[0]?.place,
    ).toEqual({
      path: 'a.ts',
      line: 2,
      column: 6,
      endLine: 2,
      endColumn: 6 + 'bulwark-allow cors-origin:'.length,
    });
  });

  test('a file that is silenced as a whole', () => {
    const place = startOf('a.ts');
    expect(findSuppressions('a.ts', Buffer.from('x'), place)).toEqual([
      { kind: 'whole-file', rule: null, place },
    ]);
  });

  test('reads any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 40 }), (bytes, text) => {
        const content = Buffer.concat([Buffer.from(bytes), Buffer.from(allow(text))]);
        for (const { place } of findSuppressions('a', content, null)) expect(place.column).toBeGreaterThan(0);
      }),
    );
  });
});
