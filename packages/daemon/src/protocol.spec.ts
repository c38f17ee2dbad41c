import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HANDED_ON, decodeAsk, encodeAsk } from './protocol.ts';
import type { SealedAsk } from './protocol.ts';

const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));
const filled = text.filter((one) => one !== '');
const token = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 16, maxLength: 64 });

const asks: fc.Arbitrary<SealedAsk> = fc.record({
  token,
  nonce: token,
  folder: filled,
  index: fc.constantFrom('', 'ab'.repeat(20)),
  cwd: filled,
  words: fc.array(text, { minLength: 1 }),
  env: fc.dictionary(
    filled.filter((name) => !name.includes('=')),
    text,
  ),
  stdin: fc.uint8Array(),
  isTerminal: fc.boolean(),
});

test('a question comes back as it was asked, whatever its words hold', () => {
  fc.assert(
    fc.property(asks, (ask) => {
      const { stdin, ...rest } = decodeAsk(encodeAsk(ask))!;
      expect(rest).toEqual({ ...ask, stdin: undefined, env: { ...ask.env } });
      expect([...stdin]).toEqual([...ask.stdin]);
    }),
  );
});

test('a variable may have the name of what every object has', () => {
  const env = Object.fromEntries([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
  const ask = {
    token: 'a'.repeat(16),
    nonce: 'b'.repeat(16),
    folder: '/f',
    index: '',
    cwd: '/',
    words: ['hook'],
  };
  const decoded = decodeAsk(encodeAsk({ ...ask, env, stdin: new Uint8Array(), isTerminal: false }))!;
  expect(Object.entries(decoded.env)).toEqual(Object.entries(env));
});

test('a question cut anywhere before its input is none', () => {
  fc.assert(
    fc.property(asks, fc.nat(), (ask, at) => {
      const whole = encodeAsk({ ...ask, stdin: new Uint8Array() });
      expect(decodeAsk(whole.subarray(0, at % whole.length))).toBeNull();
    }),
  );
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      decodeAsk(Buffer.from(bytes));
    }),
  );
});

test.each([
  ['a token that is none', (ask: SealedAsk) => ({ ...ask, token: 'short' })],
  ['a nonce that could end a line', (ask: SealedAsk) => ({ ...ask, nonce: `${'a'.repeat(20)}\n` })],
  ['no words', (ask: SealedAsk) => ({ ...ask, words: [] })],
  ['no folder', (ask: SealedAsk) => ({ ...ask, folder: '' })],
])('%s is not understood', (_what, spoil) => {
  const ask: SealedAsk = {
    token: 'a'.repeat(20),
    nonce: 'b'.repeat(20),
    folder: '.git',
    index: '',
    cwd: '/',
    words: ['hook'],
    env: {},
    stdin: new Uint8Array(),
    isTerminal: false,
  };
  expect(decodeAsk(encodeAsk(ask))).not.toBeNull();
  expect(decodeAsk(encodeAsk(spoil(ask)))).toBeNull();
});

test('a path that is not UTF-8 is not understood, rather than read as another', () => {
  const body = Buffer.concat([
    Buffer.from(`${'a'.repeat(20)}\0${'b'.repeat(20)}\0folder\0\0/odd`),
    Buffer.from([0xff]),
    Buffer.from('\0whook\0i'),
  ]);
  expect(decodeAsk(body)).toBeNull();
});

test('the hook hands on the variables that are listed, and no others', async () => {
  const hook = await readFile(new URL('../../runner/hooks/hook.sh', import.meta.url), 'utf8');
  const [, listed] = /^handed_on='([^']*)'/m.exec(hook)!;
  expect(listed!.split(/\s+/)).toEqual([...HANDED_ON]);
});
