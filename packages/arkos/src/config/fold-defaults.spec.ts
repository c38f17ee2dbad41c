import { describe, expect, test } from '@jest/globals';
import { at, fromJson, known, startOf, toJson } from '@bulwark/model';
import type { Json, Origin } from '@bulwark/model';
import deepmerge from 'deepmerge';
import { assert, constant, dictionary, jsonValue, oneof, pre, property, record } from 'fast-check';
import { Unseen, valueOf } from '../../test/value-of.ts';
import { behaviourOf } from '../generations/index.ts';
import { foldDefaults, overlay } from './fold-defaults.ts';

const from: Origin = { kind: 'default', of: 'Arkos' };
const written: Origin = { kind: 'place', place: startOf('arkos.config.ts') };

/** Objects whose keys meet those of the defaults often. */
const section = dictionary(
  oneof(constant('strict'), constant('limit'), constant('list'), constant('deep')),
  jsonValue({ maxDepth: 2 }),
  {
    noNullPrototype: true,
  },
);
const config = record(
  { routers: section, other: section, top: jsonValue({ maxDepth: 1 }) },
  { requiredKeys: [], noNullPrototype: true },
);
const DEFAULTS = {
  routers: { strict: false, list: [1, 2], deep: { a: 1, b: 2 } },
  other: { limit: 5 },
  port: 8000,
};

describe('against the ways Arkos itself merges (FACTS §1.4)', () => {
  test('≤1.5: a recursive merge that concatenates arrays', () => {
    assert(
      property(config, (plain) => {
        // The package leaves out keys that every object inherits; no configuration has them.
        const text = JSON.stringify(plain);
        pre(!Object.getOwnPropertyNames(Object.prototype).some((name) => text.includes(name)));
        const folded = normal(toJson(foldDefaults(fromJson(plain as Json, written), DEFAULTS, from, 'deep')));
        expect(folded).toEqual(normal(deepmerge(DEFAULTS, plain as object)));
      }),
    );
  });

  test('≥1.6: each section spread over its defaults, which have no sections of their own', () => {
    const defaults = { routers: { strict: false, list: [1] }, other: { limit: 5 } };
    assert(
      property(config, (plain) => {
        const { routers, other, ...rest } = plain as Record<string, Record<string, Json> | undefined>;
        const folded = normal(
          toJson(foldDefaults(fromJson(plain as Json, written), defaults, from, 'sections')),
        );
        expect(folded).toEqual(
          normal({
            ...rest,
            routers: { ...defaults.routers, ...routers },
            other: { ...defaults.other, ...other },
          }),
        );
      }),
    );
  });
});

/** JSON as JSON: no `-0`. */
function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('what is no JSON', () => {
  const fold = (plain: unknown, merge: 'deep' | 'sections') =>
    foldDefaults(valueOf(plain), DEFAULTS, from, merge);

  test('undefined stays, and is not a default', () => {
    for (const merge of ['deep', 'sections'] as const)
      expect(at(fold({ routers: { strict: undefined } }, merge), 'routers.strict')).toMatchObject({
        value: { type: 'undefined' },
      });
  });

  test('a section that is undefined keeps its defaults where sections are spread', () => {
    expect(at(fold({ routers: undefined }, 'sections'), 'routers.strict')).toMatchObject({ value: false });
    expect(at(fold({ routers: undefined }, 'deep'), 'routers.strict').kind).toBe('absent');
  });

  test('nothing is folded under what is unknown', () => {
    const unseen = new Unseen({ kind: 'unknown', why: 'w', from: written });
    expect(at(fold({ routers: unseen }, 'sections'), 'routers.strict')).toMatchObject({
      kind: 'unknown',
      why: 'w',
    });
    const spread = new Unseen(
      known(
        { type: 'object', entries: {}, rest: { kind: 'unknown', why: 'spread', from: written } },
        written,
      ),
    );
    expect(at(fold({ routers: spread }, 'sections'), 'routers.strict')).toMatchObject({
      kind: 'unknown',
      why: 'spread',
    });
  });

  test('defaults say what they are', () => {
    expect(at(fold({}, 'sections'), 'other.limit')).toMatchObject({ value: 5, from });
  });
});

test('what differs under arkos start lies over the rest', () => {
  const { defaults, defaultsWhenBuilt } = behaviourOf('1.7.0');
  expect(overlay(defaults, defaultsWhenBuilt)).toMatchObject({
    swagger: { authenticate: true, enableAfterBuild: true },
    routers: { strict: false },
  });
});
