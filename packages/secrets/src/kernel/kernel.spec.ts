import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DETECTORS } from '../detectors/index.ts';
import { createDraw } from '../draw.ts';
import { IS_CODE, IS_JSON, IS_NPMRC } from '../path-kinds.ts';
import { KEYWORDS } from './data.generated.ts';
import { kernelDataSource } from './data-source.ts';
import { findEveryKeyword, findKeywords } from './find-keywords.ts';
import { kernelSource } from './kernel-source.ts';
import { CHUNK } from './layout.ts';
import { kernelAsWritten, loadKernel } from './load-kernel.ts';
import type { Kernel } from './load-kernel.ts';

const sources = kernelAsWritten();
const compiled = loadKernel();

const placesByKernel = (bytes: Uint8Array, kernel = compiled): string[] => {
  const places: string[] = [];
  findEveryKeyword(bytes, (keyword, place) => places.push(`${place} ${KEYWORDS[keyword]!}`), kernel);
  return places.toSorted();
};

const placesByHand = (bytes: Buffer): string[] => {
  const text = bytes.toString('latin1').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const places: string[] = [];
  for (const keyword of KEYWORDS) {
    for (let at = text.indexOf(keyword); at !== -1; at = text.indexOf(keyword, at + 1))
      places.push(`${at} ${keyword}`);
  }
  return places.toSorted();
};

const written = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const strip = (text: string): string => text.replaceAll(/[\s,;'"`\\]/g, '');

describe('the kernel', () => {
  // As booleans: a difference of two tables tells nobody anything.
  test('has the data the detectors and the engine ask for', () => {
    expect(strip(written('data.generated.ts')) === strip(kernelDataSource(DETECTORS))).toBe(true);
  });

  test('is compiled from the sources as they are', () => {
    const source = kernelSource(new URL('./', import.meta.url));
    expect(strip(written('kernel.generated.ts')) === strip(source)).toBe(true);
  });

  test('finds every keyword, each once, in texts of any length', () => {
    const piece = fc.oneof(
      fc.constantFrom(...KEYWORDS),
      fc.constantFrom(...KEYWORDS).map((keyword) => keyword.toUpperCase()),
      fc.constantFrom(...KEYWORDS).map((keyword) => keyword.slice(0, -1)),
      fc.string({ maxLength: 40 }),
      fc.nat(300).map((length) => ' '.repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''), 'utf8');
        expect(placesByKernel(bytes)).toEqual(placesByHand(bytes));
      }),
      { numRuns: 150 },
    );
  });

  test('finds a keyword across the places where lanes and chunks meet', () => {
    const chunk = CHUNK;
    const keyword = KEYWORDS.find(({ length }) => length > 12) ?? '';
    for (const size of [600, 601, chunk - 1, chunk, chunk + 1, chunk + 300, 2 * chunk + 77]) {
      const meetings = [
        0,
        size >> 2,
        size >> 1,
        (3 * size) >> 2,
        chunk,
        chunk >> 2,
        chunk >> 1,
        chunk + (chunk >> 1),
        size - keyword.length,
      ];
      for (const meeting of meetings) {
        for (const shift of [-keyword.length, -7, -1, 0, 1]) {
          const at = Math.min(Math.max(0, meeting + shift), size - keyword.length);
          const bytes = Buffer.alloc(size, ' ');
          bytes.write(keyword, at, 'latin1');
          expect(placesByKernel(bytes)).toContain(`${at} ${keyword}`);
        }
      }
    }
  });
});

/** What a kernel tells of a text, in its order. */
const told = (bytes: Uint8Array, pathKinds: number, kernel: Kernel): string[] => {
  const all: string[] = [];
  findKeywords(bytes, pathKinds, (...what) => all.push(what.join(' ')), kernel);
  return all;
};

describe('what is told of keywords', () => {
  const value = fc.constantFrom(
    ...['alnum', 'hex', 'url', 'base64', 'digit', 'lower'].flatMap((alphabet) =>
      [3, 6, 12, 20, 40, 100].map((length) =>
        createDraw(`${alphabet} ${length}`)(alphabet as 'alnum', length),
      ),
    ),
  );
  const piece = fc.oneof(
    fc.constantFrom(...KEYWORDS),
    fc.constantFrom(...KEYWORDS).map((keyword) => keyword.toUpperCase()),
    fc.constantFrom(...DETECTORS).map(({ id, example }) => example(createDraw(id))),
    value,
    fc.constantFrom(
      '=',
      ' = "',
      ': ',
      "'",
      '\n',
      ' is ',
      '(',
      ' new Key(',
      ',',
      '\\"',
      '://',
      '@a',
      ' Bearer ',
      ' === ',
    ),
    fc.constantFrom(
      'PRIVATE KEY',
      ' BLOCK',
      '-----',
      ' ',
      '    ',
      '\\n',
      '%3D',
      '.',
      ';',
      '[',
      '`',
      '{',
      '-',
      '\t',
    ),
    fc.string({ maxLength: 12 }),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'));
  const kinds = fc.constantFrom(0, IS_CODE, IS_JSON, IS_NPMRC);

  test('is the same by the compiled kernel and by its sources', () => {
    fc.assert(
      fc.property(text, kinds, (bytes, pathKinds) => {
        expect(told(bytes, pathKinds, compiled)).toEqual(told(bytes, pathKinds, sources));
      }),
      { numRuns: 2_000 },
    );
  });

  test('does not hang on what was in memory before, nor on where chunks meet', () => {
    fc.assert(
      fc.property(text, kinds, fc.integer({ min: -900, max: 900 }), (bytes, pathKinds, shift) => {
        const alone = told(bytes, pathKinds, loadKernel()).toSorted();
        const from = CHUNK + shift;
        const behind = '; '.repeat(2_500);
        const long = Buffer.concat([Buffer.alloc(from, ' '), bytes, Buffer.from(behind)]);
        const short = Buffer.concat([Buffer.from(' '), bytes, Buffer.from(behind)]);
        const places = (all: readonly string[], start: number): string[] =>
          all.map((each) => each.replace(/ \d+ /, (place) => ` ${Number(place) - start} `)).toSorted();
        expect(places(told(long, pathKinds, compiled), from)).toEqual(
          places(told(short, pathKinds, compiled), 1),
        );
        expect(told(bytes, pathKinds, compiled).toSorted()).toEqual(alone);
      }),
      { numRuns: 200 },
    );
  });

  test('is not denied where white space reaches out of what is in memory', () => {
    const name = 'aws_secret_access_key';
    const assigned = `${name}${' '.repeat(5_000)}= ${createDraw('far')('alnum', 40)}`;
    const text = Buffer.from(' '.repeat(CHUNK - 100) + assigned);
    const place = CHUNK - 100 + name.indexOf('secret');
    expect(told(text, 0, compiled).some((each) => each.includes(` ${place} `))).toBe(true);
  });
});
