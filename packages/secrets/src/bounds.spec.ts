import { describe, expect, test } from '@jest/globals';
import { createDraw } from './draw.ts';
import { createScanner } from './index.ts';

const scanner = createScanner();
const MB = 1024 * 1024;
const secret = `ghp_${createDraw('bounds')('alnum', 36)}`;

/** Two megabytes on one line, made to be hard; a scan that did not end would run into the suite's time limit. */
const hard: readonly (readonly [string, string])[] = [
  ['letters', 'a'],
  ['words', 'lorem ipsum '],
  ['A of base64', 'A'],
  ['URL heads', 'https://a:b'],
  ['URL heads and ats', 'postgres://a:b@'],
  ['assignments', 'secret=token:password='],
  ['names', 'password'],
  ['key headers', '-----BEGIN PRIVATE KEY-----'],
  ['JWT heads', 'eyJhbGciOiJI.'],
  ['quotes', `"'\``],
  ['backslashes', '\\\\'],
  ['Kubernetes heads', 'kind: Secret\ndata:\n  a: b\n'],
  ['connection strings', 'server=a;password='],
  ['JSON keys', '"kty":"d":"'],
  ['base64 of a word', 'U0VDUkVU'],
];

describe('a file made to be hard', () => {
  test.each(hard)('of %s is scanned to its end, or says that it was not', async (_name, piece) => {
    const half = piece.repeat((1 * MB) / piece.length);
    const bytes = Buffer.from(`${half} ${secret} ${half}`);
    const { hits, notChecked } = await scanner.scan({ path: 'a.txt', bytes });
    const found = hits.some(({ title }) => title === 'GitHub personal access token');
    expect(found || notChecked.length > 0).toBe(true);
  });

  test('ten megabytes on one line hide nothing', async () => {
    const words = 'lorem ipsum 0123 dolor '.repeat((5 * MB) / 23);
    const bytes = Buffer.from(`${words}${secret} ${words}`);
    const { hits, notChecked } = await scanner.scan({ path: 'a.min.js', bytes });
    expect(hits.map(({ place }) => place.column)).toEqual([words.length + 1]);
    expect(notChecked).toEqual([]);
  });

  test('too large a file is not read and says so', async () => {
    const { hits, notChecked } = await createScanner({ maxFileSize: 1000 }).scan({
      path: 'a',
      bytes: Buffer.alloc(1001),
    });
    expect([hits, notChecked]).toEqual([[], [{ reason: 'it is larger than 1000 bytes' }]]);
  });

  test('a file without a keyword matters to nobody, and mayMatter never denies a file that does', async () => {
    expect(scanner.mayMatter('a.ts', Buffer.from('const answer = 42;'))).toBe(false);
    expect(scanner.mayMatter('a.ts', Buffer.from(secret))).toBe(true);
    expect(scanner.mayMatter('.env', Buffer.from(''))).toBe(true);
    expect(scanner.mayMatter('a.p12', Buffer.from(''))).toBe(true);
  });
});
