import { describe, expect, test } from '@jest/globals';
import { absent, known, outcomesOf } from '@bulwark/model';
import * as fc from 'fast-check';
import { mountedEndpoints } from './mounted-endpoints.ts';
import type { ModuleKind } from './endpoints.ts';
import type { Data, Generation, Origin, Unknown, Value } from '@bulwark/model';

const here: Origin = { kind: 'place', place: { path: 'x.ts', line: 1, column: 1, endLine: 1, endColumn: 2 } };

/** The reference model: FACTS §4.3 as a table, §4.4 as a list of precedence. Written from the page alone. */
const NAMES: Record<ModuleKind, string> = {
  model: 'createOne findMany createMany updateMany deleteMany findOne updateOne deleteOne',
  auth: 'login signup logout updatePassword getMe updateMe deleteMe findManyAuthAction findOneAuthAction',
  'file-upload': 'findFile uploadFile updateFile deleteFile',
};
const STRICT_TABLE: Record<ModuleKind, Record<'off' | 'no-bulk' | 'on', string>> = {
  model: { off: '', 'no-bulk': 'createMany updateMany deleteMany', on: NAMES.model },
  auth: {
    off: '',
    'no-bulk': '',
    on: 'login signup logout updatePassword getMe updateMe deleteMe findManyAuthAction',
  },
  'file-upload': { off: '', 'no-bulk': '', on: NAMES['file-upload'] },
};
const CANNOT_BE_HOOKED_IN_2 = new Set(['deleteMe', 'findManyAuthAction', 'findOneAuthAction']);
type Plain = undefined | null | boolean | string | number | { [key: string]: Plain };
type Override = undefined | { [key: string]: Plain };

function reference(
  strict: Plain,
  override: Override,
  generation: Generation,
  kind: ModuleKind,
): Record<string, boolean | '?'> {
  const column = strict === true ? 'on' : strict === 'no-bulk' ? 'no-bulk' : 'off';
  const hasStrict = ['1.3', '1.4', '1.5', '1.6', '1.7'].includes(generation);
  const offByStrict = hasStrict ? STRICT_TABLE[kind][column].split(' ') : [];
  const perEndpoint = ['1.4', '1.5', '1.6', '1.7', '2.0-next'].includes(generation);
  const answers: Record<string, boolean | '?'> = {};
  for (const name of NAMES[kind].split(' ')) {
    const entry = override?.[name];
    const own = perEndpoint && typeof entry === 'object' ? entry?.['disabled'] : undefined;
    const disable = generation === '2.0-next' ? undefined : override?.['disable'];
    const ofList = typeof disable === 'object' ? disable?.[name] : undefined;
    if (generation === '2.0-next') {
      answers[name] = own === undefined || (kind === 'auth' && CANNOT_BE_HOOKED_IN_2.has(name)) || !own;
    } else if (typeof disable === 'boolean' && name === 'findOneAuthAction') {
      const isOnRecord = perEndpoint ? !own : generation === '1.3' || disable === false;
      answers[name] = isOnRecord || '?';
    } else if (typeof disable === 'boolean') answers[name] = !disable;
    else if (own !== undefined) answers[name] = !own;
    else if (ofList !== undefined) answers[name] = !ofList;
    else answers[name] = !offByStrict.includes(name);
  }
  return answers;
}

const GENERATIONS: readonly Generation[] = ['1.0', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7', '2.0-next'];
const kinds = fc.constantFrom<ModuleKind>('model', 'auth', 'file-upload');
const stricts = fc.constantFrom<Plain>(undefined, false, true, 'no-bulk', 'true', 'no_bulk', 0, 1, null, '');
const flags = fc.constantFrom<Plain>(undefined, true, false, 'yes', 0, null);

function overridesOf(kind: ModuleKind): fc.Arbitrary<Override> {
  const names = NAMES[kind].split(' ');
  const list = fc.dictionary(fc.constantFrom(...names), flags, { maxKeys: 4 }).map((it) => ({ ...it }));
  const entries = fc.dictionary(
    fc.constantFrom(...names),
    fc.record({ disabled: flags, authentication: flags }, { requiredKeys: [] }).map((it) => ({ ...it })),
    { maxKeys: 4 },
  );
  const disable = fc.oneof(fc.constantFrom<Plain>(undefined, true, false), list);
  return fc.option(
    fc
      .tuple(entries, disable, fc.boolean())
      .map(([own, off, has]) => ({ ...own, ...(has && { disable: off }) })),
    { nil: undefined },
  );
}

function toValue(plain: Plain): Value {
  if (plain === undefined) return known({ type: 'undefined' }, here);
  if (plain === null || typeof plain !== 'object') return known(plain, here);
  const entries = Object.entries(plain).map(([key, inner]) => [key, { value: toValue(inner) }]);
  return known({ type: 'object', entries: Object.fromEntries(entries) }, here);
}

function plainOf(value: Value): Data | '?' {
  return value.kind === 'known' ? value.value : '?';
}

function answersOf(...args: Parameters<typeof mountedEndpoints>): Record<string, Data | '?'> {
  return Object.fromEntries(
    Object.entries(mountedEndpoints(...args)).map(([name, value]) => [name, plainOf(value)]),
  );
}

describe('mountedEndpoints', () => {
  test('agrees with the tables of FACTS §4.3 and §4.4 on random combinations', () => {
    const combination = kinds.chain((kind) =>
      fc.tuple(fc.constantFrom(...GENERATIONS), fc.constant(kind), stricts, overridesOf(kind)),
    );
    fc.assert(
      fc.property(combination, ([generation, kind, strict, override]) => {
        const strictValue = strict === undefined ? absent(here) : toValue(strict);
        const overrideValue = override === undefined ? absent(here) : toValue(override);
        expect(answersOf(strictValue, overrideValue, generation, kind)).toEqual(
          reference(strict, override, generation, kind),
        );
      }),
      { numRuns: 10_000 },
    );
  });

  test('a strict that depends on something has an answer for each of its outcomes', () => {
    const two = fc.tuple(stricts, stricts);
    const combination = kinds.chain((kind) =>
      fc.tuple(fc.constantFrom(...GENERATIONS), fc.constant(kind), two, overridesOf(kind)),
    );
    fc.assert(
      fc.property(combination, ([generation, kind, [first, second], override]) => {
        const outcomes = [
          { when: 'STRICT is set', value: toValue(first) },
          { when: 'STRICT is unset', value: toValue(second) },
        ];
        const strict: Unknown = { kind: 'unknown', why: 'depends on STRICT', from: here, outcomes };
        const mounted = mountedEndpoints(
          strict,
          override ? toValue(override) : absent(here),
          generation,
          kind,
        );
        const both = [first, second].map((plain) => reference(plain, override, generation, kind));
        for (const [name, value] of Object.entries(mounted)) {
          const expected = new Set(both.map((answers) => answers[name]));
          expect(new Set(outcomesOf(value).map((leaf) => plainOf(leaf.value)))).toEqual(expected);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test.each<[string, Plain, Override, ModuleKind, string, boolean]>([
    [
      'disable: false re-opens bulk under "no-bulk" (§9 trap 15)',
      'no-bulk',
      { disable: false },
      'model',
      'createMany',
      true,
    ],
    ['strict true leaves one auth action (§9 trap 14)', true, undefined, 'auth', 'findOneAuthAction', true],
    ['disable: true leaves it too (§4.4)', false, { disable: true }, 'auth', 'findOneAuthAction', true],
    ['"true" behaves as false (§4.3)', 'true', undefined, 'model', 'deleteMany', true],
    ['no-bulk spares findMany (§4.1)', 'no-bulk', undefined, 'model', 'findMany', true],
    [
      'E.disabled beats disable[E] (§4.4)',
      false,
      { disable: { createMany: false }, createMany: { disabled: true } },
      'model',
      'createMany',
      false,
    ],
  ])('%s', (_name, strict, override, kind, endpoint, expected) => {
    const found = answersOf(toValue(strict), override ? toValue(override) : absent(here), '1.7', kind);
    expect(found[endpoint]).toBe(expected);
  });

  test('an unknown strict is spelt out, where it matters', () => {
    const strict: Unknown = { kind: 'unknown', why: 'depends on a call', from: here };
    const mounted = mountedEndpoints(strict, absent(here), '1.6', 'model');
    expect(outcomesOf(mounted['createMany']!).map(({ when, value }) => [when, plainOf(value)])).toEqual([
      ['routers.strict is true', false],
      ['routers.strict is "no-bulk"', false],
      ['routers.strict is anything else', true],
    ]);
    expect(plainOf(mountedEndpoints(strict, absent(here), '1.6', 'auth')['findOneAuthAction']!)).toBe(true);
    expect(plainOf(mountedEndpoints(strict, absent(here), '2.0-next', 'model')['createMany']!)).toBe(true);
  });

  test('an unknown override leaves everything open', () => {
    const override: Unknown = { kind: 'unknown', why: 'is imported from a package', from: here };
    expect(new Set(Object.values(answersOf(toValue(true), override, '1.7', 'model')))).toEqual(
      new Set(['?']),
    );
  });
});
