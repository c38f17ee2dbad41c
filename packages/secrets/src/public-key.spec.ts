import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { isPublicKey } from './public-key.ts';
import { createScanner } from './scan.ts';

const pairs = {
  EC: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  Ed25519: generateKeyPairSync('ed25519'),
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

describe.each(Object.entries(pairs))('%s', (_kind, { publicKey, privateKey }) => {
  const shown = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const hidden = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');

  test('a public key is one, a private key is none', () => {
    expect([isPublicKey(shown), isPublicKey(hidden), isPublicKey(`${shown.slice(0, -8)}AAAA`)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test.each(['EC', 'Ed25519', 'RSA'] as const)(
  '%s: the public key is no finding under a name that speaks of a secret, the private one is',
  async (kind) => {
    const { publicKey, privateKey } = pairs[kind];
    const shown = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const hidden = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    const hits = async (value: string): Promise<number> => {
      const bytes = Buffer.from(`{ "secretKey": "${value}" }\n`);
      return (await createScanner().scan({ path: 'keys.json', bytes })).hits.length;
    };
    expect(await hits(shown)).toBe(0);
    expect(await hits(hidden)).toBeGreaterThan(0);
  },
);

test.each([1024, 2048, 3072, 4096])(
  'a private RSA key of %d bits, in either form and under any name, is found',
  async (modulusLength) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
    for (const type of ['pkcs1', 'pkcs8'] as const) {
      const value = privateKey.export({ type, format: 'der' }).toString('base64');
      const bytes = Buffer.from(`SIGNER=${value}\n`);
      const { hits } = await createScanner().scan({ path: 'deploy.sh', bytes });
      expect(hits.map(({ place: { line, column } }) => [line, column])).toEqual([[1, 8]]);
    }
  },
);
