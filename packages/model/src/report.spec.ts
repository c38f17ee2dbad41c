import { describe, expect, test } from '@jest/globals';
import { compareFindings } from './finding.ts';
import type { Finding } from './finding.ts';
import { canonicalJson } from './json.ts';
import { printable } from './printable.ts';
import { exitCodeOf } from './report.ts';

const finding = (over: Partial<Finding> = {}): Finding => ({
  rule: 'r',
  verdict: 'violation',
  severity: 'error',
  app: null,
  modes: [],
  message: 'm',
  path: 'a',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
  fingerprint: '0',
  help: '',
  waived: null,
  fixable: false,
  ...over,
});

describe('the exit code', () => {
  test.each<[string, readonly Finding[], boolean, 0 | 1 | 2]>([
    ['looked and clean', [], true, 0],
    ['an error', [finding()], true, 1],
    ['an error, and something could not be checked', [finding()], false, 1],
    ['nothing found, but not everything was looked at', [], false, 2],
    ['a warning', [finding({ severity: 'warn' })], true, 0],
    ['a warning, and something could not be checked', [finding({ severity: 'warn' })], false, 2],
    ['a waived error', [finding({ waived: { reason: 'x' } })], true, 0],
    ['an older error', [finding({ older: true })], true, 0],
  ])('%s', (_name, findings, complete, code) => {
    expect(exitCodeOf({ findings, complete })).toBe(code);
  });
});

test('findings have one order, whatever order they came in', () => {
  const sorted = [
    finding({ path: 'a', line: 2 }),
    finding({ path: 'a', line: 10 }),
    finding({ path: 'b', severity: 'warn' }),
    finding({ path: 'a', older: true }),
    finding({ path: 'a', waived: { reason: 'x' } }),
  ];
  expect(sorted.toReversed().toSorted(compareFindings)).toEqual(sorted);
});

test('equal data has equal canonical text', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined })).toBe(canonicalJson({ b: [{ c: 2, d: 1 }] }));
});

test('what is printed cannot write to the terminal', () => {
  expect(printable('a\u001b[2Jb\u202ec\nd\r')).toBe('a\\u{1b}[2Jb\\u{202e}c\nd\\u{d}');
});
