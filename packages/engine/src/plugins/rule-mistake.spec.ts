import { describe, expect, test } from '@jest/globals';
import { rules } from '@bulwark/rules';
import { ruleMistake } from './rule-mistake.ts';

const rule = {
  kind: 'file',
  id: 'acme/own',
  title: 't',
  why: 'w',
  severity: 'warn',
  messages: { said: () => 'said' },
  select: () => null,
  check: () => [],
};
const options = { type: 'object', additionalProperties: false };
const max = { type: 'number', default: 1, description: 'most' };

describe('ruleMistake', () => {
  test('takes every rule of the product for one, but for its name and those about the policy', async () => {
    for (const one of rules) {
      const mistake = await ruleMistake({ ...one, id: `acme/${one.id}` });
      if (one.kind === 'policy') expect(mistake).toMatch(/needs a kind/);
      else expect({ id: one.id, mistake }).toEqual({ id: one.id, mistake: null });
      expect(await ruleMistake(one)).toMatch(/write one with a name of yours before it/);
    }
  });

  test.each<[unknown, RegExp]>([
    [undefined, /no rule; write export default/],
    [null, /no rule/],
    [() => rule, /no rule/],
    [{ ...rule, id: undefined }, /no id/],
    [{ ...rule, id: 'Own Rule' }, /: "team\/own-rule"$/],
    [{ ...rule, id: 'a/b/c' }, /: "team\/a-b-c"$/],
    [{ ...rule, id: '__proto__' }, /"team\/proto"$/],
    [{ ...rule, id: 'bulwark/own' }, /is taken/],
    [{ ...rule, kind: 'policy' }, /needs a kind: live-mode, mode, app, file/],
    [{ ...rule, title: '' }, /needs a title/],
    [{ ...rule, why: 1 }, /needs a why/],
    [{ ...rule, severity: 'off' }, /needs a severity/],
    [{ ...rule, messages: null }, /needs messages/],
    [{ ...rule, messages: { said: 'said' } }, /a message "said" that is no function/],
    [{ ...rule, select: undefined }, /needs a function select/],
    [{ ...rule, check: {} }, /needs a function check/],
    [{ ...rule, options: { properties: {} } }, /no JSON Schema of an object/],
    [
      { ...rule, options: { ...options, properties: { max: { type: 'number' } } } },
      /"max" without a default/,
    ],
    [{ ...rule, options: { ...options, properties: { max: { ...max, default: 'x' } } } }, /does not allow/],
    [
      { ...rule, options: { ...options, properties: { max: { ...max, type: 'nombre' } } } },
      /no JSON Schema: /,
    ],
  ])('%#: names what is wrong', async (exported, words) => {
    expect(await ruleMistake(exported)).toMatch(words);
  });

  test('takes a rule with options', async () => {
    expect(await ruleMistake({ ...rule, options: { ...options, properties: { max } } })).toBeNull();
    expect(await ruleMistake(rule)).toBeNull();
  });
});
