import { describe, expect, test } from '@jest/globals';
import { rules } from '@bulwark/rules';
import fc from 'fast-check';
import { addWaiver } from './add-waiver.ts';
import type { NewWaiver } from './add-waiver.ts';
import { parseSettings } from './read-settings.ts';

const TODAY = '2027-01-01';
const waiver: NewWaiver = { rule: 'cors-origin', fingerprint: 'a'.repeat(64), reason: 'public API' };
const add = (text: string | null, more: Partial<NewWaiver> = {}): Promise<string> =>
  addWaiver(text, { ...waiver, ...more }, TODAY);

describe('a new waiver', () => {
  test('makes the file where there is none', async () => {
    const text = await add(null, { owner: 'platform', expires: '2027-01-01' });
    expect(JSON.parse(text)).toEqual({
      $schema: './node_modules/bulwark/schema/settings.json',
      waivers: [{ ...waiver, owner: 'platform', expires: '2027-01-01' }],
    });
    expect(text).toMatch(/^\{\n {2}"\$schema"/);
    expect(text.endsWith('}\n')).toBe(true);
  });

  const first = '{ "rule": "env-file", "path": ".env", "reason": "an example" }';
  test.each([
    ['no settings', '{}'],
    ['comments', '{\n  // why\n  "undecided": "error" // because\n  /* end */\n}\n'],
    ['an empty list', '{ "waivers": [] }'],
    ['a list', `{\n  "waivers": [\n    ${first} // the first\n  ]\n}\n`],
    ['trailing commas', `{\n  "waivers": [\n    ${first},\n  ],\n}\n`],
    ['a trailing comma without a list', '{\n  "undecided": "error",\n}\n'],
    ['tabs', `{\n\t"waivers": [\n\t\t${first}\n\t]\n}\n`],
    ['CRLF', `{\r\n    "waivers": [\r\n        ${first}\r\n    ]\r\n}\r\n`],
    ['a byte order mark', '\uFEFF{\n  "undecided": "error"\n}\n'],
  ])('stands behind what is there: %s', async (_name, text) => {
    const before = await parseSettings(text.replace('\uFEFF', ''), rules);
    const after = await add(text);
    const read = await parseSettings(after.replace('\uFEFF', ''), rules);
    expect(read).toEqual({ ...before, waivers: [...before.waivers, waiver] });
    for (const comment of text.match(/\/\/.*|\/\*.*?\*\//g) ?? []) expect(after).toContain(comment.trimEnd());
    expect(after.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
    if (text.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    if (text.includes('\t')) expect(after).toMatch(/\n\t\t\{\n\t\t\t"rule"/);
  });

  test.each([
    [
      `[\n    ${first} // the first\n  ]`,
      `[\n    ${first}, // the first\n    {\n      "rule": "x"\n    }\n  ]`,
    ],
    [
      `[\n    ${first},\n    // no more\n  ]`,
      `[\n    ${first},\n    // no more\n    {\n      "rule": "x"\n    }\n  ]`,
    ],
    [`[\n    ${first}\n  ]`, `[\n    ${first},\n    {\n      "rule": "x"\n    }\n  ]`],
  ])('leaves what is there where it is: %j', async (list, after) => {
    const text = await addWaiver(`{\n  "waivers": ${list}\n}\n`, waiver, TODAY);
    const short = text.replace(/"rule": "cors-origin",[^}]*?"reason": "public API"/, '"rule": "x"');
    expect(short).toBe(`{\n  "waivers": ${after}\n}\n`);
  });

  test('any reason comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (reason, owner) => {
        const said = { reason: `r${reason}`, owner };
        expect(JSON.parse(await add(null, said))).toMatchObject({ waivers: [{ ...waiver, ...said }] });
      }),
    );
  });

  test.each<[Partial<NewWaiver>, RegExp]>([
    [{ reason: '' }, /needs a reason/],
    [{ reason: ' - ' }, /needs a reason/],
    [{ expires: '2026-12-31' }, /is over: today is 2027-01-01/],
    [{ expires: '2027-02-30' }, /no day of the calendar/],
    [{ expires: '2027-2-3' }, /no day of the calendar/],
    [{ expires: 'tomorrow' }, /no day of the calendar/],
  ])('is refused: %j', async (more, message) => {
    await expect(add('{}', more)).rejects.toThrow(message);
  });
});
