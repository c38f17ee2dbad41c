import { describe, expect, test } from '@jest/globals';
import { pass, startOf, undecided, violation } from '@bulwark/model';
import type { FileFacts, FileRule, Judgements } from '@bulwark/model';
import { guardRule } from './guard-rule.ts';

const facts: FileFacts = { path: 'a.ts', blob: null, secrets: [], env: null };
const plugin = { name: './p', path: 'p/a.mjs', digest: 'd', isChanging: false };

function guarded(over: Partial<FileRule<unknown>>): FileRule<unknown> {
  return guardRule(
    {
      kind: 'file',
      id: 'acme/own',
      title: 't',
      why: 'w',
      severity: 'error',
      messages: { said: ({ name }) => `said ${String(name)}` },
      select: (file) => file,
      check: () => pass('fine'),
      ...over,
    } as FileRule,
    plugin,
  ) as FileRule<unknown>;
}

const answer = (said: unknown): Judgements => {
  const rule = guarded({ check: () => said as Judgements });
  return rule.check(rule.select(facts, {}), {});
};

describe('a guarded rule', () => {
  test('says what it is from, and lets every sound answer through', () => {
    expect(guarded({}).plugin).toEqual(plugin);
    const sound = [
      pass('fine'),
      violation('said', { name: 'x' }, { key: 'k', place: startOf('a.ts') }),
      undecided('who knows', { key: 'k' }, [{ when: 'A', message: 'said', props: {} }]),
    ];
    expect(answer(sound)).toEqual(sound);
    expect(answer(sound[0])).toEqual([sound[0]]);
    expect(answer([])).toEqual([]);
  });

  test.each<[unknown, RegExp]>([
    [undefined, /no judgement/],
    [true, /no judgement/],
    [Promise.resolve(pass('x')), /asynchronous/],
    [{ verdict: 'pass' }, /no "because"/],
    [{ verdict: 'undecided', because: 'x', key: 'k' }, /no list of cases/],
    [violation('unsaid', {}, { key: 'k' }), /"unsaid", which the rule does not have/],
    [violation('toString', {}, { key: 'k' }), /"toString", which/],
    [violation('said', {}, { key: '' }), /no key/],
    [violation('said', {}, { key: 'k', fingerprint: 'short' }), /64 hex digits/],
    [violation('said', {}, { key: 'k', place: { path: 'a.ts', line: 0 } as never }), /a place without/],
  ])('%#: throws for what could not be told', (said, words) => {
    expect(() => answer(said)).toThrow(words);
  });

  test('whose message throws is told of at once, and never later', () => {
    const rule = guarded({
      messages: {
        said: () => {
          throw new Error('no words');
        },
      },
      check: () => violation('said', {}, { key: 'k' }),
    });
    expect(() => rule.check(null, {})).toThrow('the message "said" failed: no words');
    expect(rule.messages['said']!({})).toContain('no words');
  });

  test('can alter nothing that it is shown, nor offer a fix', () => {
    const shared: FileFacts = { ...facts, secrets: [] };
    const options = { list: [1] };
    const altering = guarded({ select: (file) => (file.secrets as unknown[]).push(1) });
    expect(() => altering.select(shared, {})).toThrow(/not extensible/);
    const widening = guarded({ check: (_, given) => void (given['list'] as number[]).push(2) as never });
    expect(() => widening.check(null, options)).toThrow(/not extensible/);
    const fix = { title: 'x', edits: [] };
    expect(answer(violation('said', {}, { key: 'k' }, fix))).toEqual([violation('said', {}, { key: 'k' })]);
  });
});
