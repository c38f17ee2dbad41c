import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { patternFault } from './origin-pattern.ts';

/** Origins a browser can send that are none of example.com's. */
const STRANGERS = [
  'https://evil.test',
  'https://evilexample.com',
  'https://example.com.evil.test',
  'https://appxexample.com',
  'https://example.org',
];

describe('patterns for origins', () => {
  test.each<[RegExp, ReturnType<typeof patternFault>]>([
    [/^https:\/\/app\.example\.com$/, null],
    [/^https:\/\/(?:.*\.)?example\.com$/, null],
    [/^https:\/\/([a-z0-9-]+\.)*example\.com$/, null],
    [/^https?:\/\/[\w-]+\.example\.com(:\d+)?$/, null],
    [/^https:\/\/(app|admin)\.example\.com$/, null],
    [/^https:\/\/.+-preview\.example\.com$/, null],
    [/^http:\/\/localhost:\d{4,5}$/, null],
    [/^https:\/\/app[.]example[.]com$/, null],
    [/(^https:\/\/a\.example\.com$)|(^https:\/\/b\.example\.com$)/, null],
    [/^(https:\/\/a\.example\.com|https:\/\/b\.example\.com)$/, null],
    [/^https:\/\/a\.example\.com:.*$/, null],
    [/example\.com/, 'unanchored'],
    [/^https:\/\/example\.com/, 'unanchored'],
    [/example\.com$/, 'unanchored'],
    [/^https:\/\/a\.example\.com|https:\/\/b\.example\.com$/, 'unanchored'],
    [/^https:\/\/example\.com\$/, 'unanchored'],
    [/^.*$/, 'any-host'],
    [/^https?:\/\/.+$/, 'any-host'],
    [/^https:\/\/[^/]+$/, 'any-host'],
    [/^https:\/\/.*\.com$/, 'any-host'],
    [/^https:\/\/.*:3000$/, 'any-host'],
    [/^https:\/\/.*(\.example\.com)?$/, 'any-host'],
    [/^https:\/\/(.*|a\.example\.com)$/, 'any-host'],
    [/^https:\/\/example\.com.*$/, 'any-host'],
    [/^https:\/\/.*example\.com$/, 'other-hosts'],
    [/^https:\/\/.*\.?example\.com$/, 'other-hosts'],
    [/^https:\/\/app.example.com$/, 'other-hosts'],
    [/^https:\/\/(?!evil).*\.example\.com$/, 'unknown'],
  ])('%s', ({ source }, fault) => {
    expect(patternFault(source)).toBe(fault);
  });

  const piece = fc.constantFrom(
    '.*',
    '.+',
    '[a-z]+',
    '\\w+',
    '(.*\\.)?',
    '(a|b)',
    '\\.',
    '.',
    'example',
    '\\.example\\.com',
    '.com',
    '(:\\d+)?',
    'app-',
    '(.*|x)',
    '\\.?',
    'x{0,2}',
  );
  test('what it calls specific lets no stranger in', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const source = `^https:\\/\\/${pieces.join('')}$`;
        if (patternFault(source) !== null) return;
        expect([source, STRANGERS.filter((origin) => new RegExp(source).test(origin))]).toEqual([source, []]);
      }),
      { numRuns: 3000 },
    );
  });

  test('what is too long to read is not guessed at', () => {
    expect(patternFault(`^${'('.repeat(50_000)}a${')'.repeat(50_000)}$`)).toBe('unknown');
    expect(patternFault(`^${'(a|b)?'.repeat(100)}$`)).toBe('unknown');
  });

  test('any text is answered', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
        (source) => void patternFault(source),
      ),
    );
  });
});
