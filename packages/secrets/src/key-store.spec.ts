import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createDraw } from './draw.ts';
import { createScanner } from './index.ts';

const scanner = createScanner();
const titles = async (path: string, bytes: Uint8Array) =>
  (await scanner.scan({ path, bytes })).hits.map(({ title }) => title);
const der = (type: 'pkcs8' | 'sec1') =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'der', type });

describe('key stores and keys by their names and first bytes', () => {
  test.each([
    [
      'certs/app.p12',
      Buffer.from([0x30, 0x82, 0x09, 0xd1, 0x02, 0x01, 0x03, 0x30, 0x82]),
      'PKCS#12 key store',
    ],
    ['app.PFX', Buffer.from([0x30, 0x80, 0x02, 0x01, 0x03, 0x30, 0x80]), 'PKCS#12 key store'],
    ['app.jks', Buffer.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]), 'Java key store'],
    ['team.kdbx', Buffer.from([0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb]), 'KeePass database'],
    ['server.key', der('pkcs8'), 'Private key'],
    ['server.der', der('sec1'), 'Private key'],
  ])('%s', async (path, bytes, title) => {
    expect(await titles(path, bytes)).toEqual([title]);
  });

  test.each([
    ['truststore.jks', Buffer.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2])],
    ['notes.p12', Buffer.from('no key store')],
    [
      'server.der',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }),
    ],
    ['logo.png', Buffer.from([0xfe, 0xed, 0xfe, 0xed])],
    ['empty.key', Buffer.alloc(0)],
  ])('not %s', async (path, bytes) => {
    expect(await titles(path, bytes)).toEqual([]);
  });

  test.each(['pkcs8', 'pkcs1'] as const)(
    'an RSA key in PEM, %s, as it is made by node:crypto',
    async (type) => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      expect(
        await titles('id_rsa', Buffer.from(privateKey.export({ format: 'pem', type }) as string)),
      ).toEqual(['Private key']);
      expect(
        await titles('id_rsa.pub', Buffer.from(publicKey.export({ format: 'pem', type: 'spki' }) as string)),
      ).toEqual([]);
    },
  );

  test.each(['ec', 'ed25519', 'x25519'] as const)(
    'a short %s key, plain, encrypted, indented, written out and in pieces',
    async (type) => {
      const { privateKey } =
        type === 'ec'
          ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
          : generateKeyPairSync(type as 'ed25519');
      const plain = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
      const encrypted = privateKey.export({
        format: 'pem',
        type: 'pkcs8',
        cipher: 'aes-256-cbc',
        passphrase: 'x',
      }) as string;
      const lines = plain.trim().split('\n');
      for (const text of [
        plain,
        encrypted,
        plain.replaceAll('\n', '\r\n'),
        `key: |\n${lines.map((line) => `    ${line}`).join('\n')}\n`,
        JSON.stringify({ key: plain }),
        `const key = [${lines.map((line) => `'${line}'`).join(', ')}].join('\\n')`,
        lines.map((line) => `"${line}\\n"`).join(' +\n  '),
        `KEY=${Buffer.from(plain).toString('base64')}`,
      ]) {
        expect((await titles('deploy/values.txt', Buffer.from(text))).length).toBe(1);
      }
    },
  );

  test.each([
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----',
    'if (text.startsWith("-----BEGIN PRIVATE KEY-----")) return parse(text.slice(27, text.indexOf("-----END")));',
    '/-----BEGIN (?:RSA )?PRIVATE KEY-----[A-Za-z0-9+/=\\s]+-----END/',
  ])('no placeholder: %j', async (text) => {
    expect(await titles('a.txt', Buffer.from(text))).toEqual([]);
  });

  test('the passwords of a .pgpass', async () => {
    const password = createDraw('pg')('alnum', 12);
    const bytes = Buffer.from(
      `# host:port:database:user:password\ndb.acme.io:5432:*:app:${password}\nh:1:d:u:\n`,
    );
    const { hits } = await scanner.scan({ path: 'home/.pgpass', bytes });
    expect(hits.map(({ place }) => [place.line, place.column])).toEqual([[2, 23]]);
  });
});
