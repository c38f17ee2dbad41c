import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createDraw } from './draw.ts';
import { createScanner } from './index.ts';

const scanner = createScanner();
const random = (length: number, seed = 'a'): string =>
  createHash('sha512').update(seed).digest('hex').repeat(4).slice(0, length);
const scan = (path: string, text: string) => scanner.scan({ path, bytes: Buffer.from(text) });

describe('a scan', () => {
  test('finds what the engine finds, at the place an editor shows', async () => {
    const secret = ['ghp', random(36)].join('_');
    const { hits } = await scan('a.ts', `// é\n  const t = '${secret}';\n`);
    expect(hits).toHaveLength(1);
    expect(hits[0]!.place).toEqual({ path: 'a.ts', line: 2, column: 14, endLine: 2, endColumn: 54 });
    expect(JSON.stringify(hits)).not.toContain(secret);
  });

  test('classifies env files by name and values', async () => {
    expect((await scan('apps/x/.env', 'PORT=3000\n')).env?.holds).toBe('values');
    expect((await scan('.env.example', 'PORT=3000\nJWT_SECRET=\n')).env?.holds).toBe('template');
    expect((await scan('.env.example', `JWT_SECRET=${random(40)}\n`)).env?.holds).toBe('values');
    expect((await scan('src/env.ts', 'A=1')).env).toBeNull();
  });
});

describe('what documentation shows', () => {
  const draw = createDraw('documentation');
  const hitsIn = async (path: string, text: string): Promise<number> =>
    (await createScanner().scan({ path, bytes: Buffer.from(text) })).hits.length;

  test('a key that is cut for print is none: its first bytes say how long it would be', async () => {
    const body = (bytes: number): string =>
      Buffer.concat([
        Buffer.from([0x30, 0x82, 0x04, 0xa5, 2, 1, 0]),
        Buffer.from(draw('alnum', bytes)),
      ]).toString('base64');
    const pem = (bytes: number): string =>
      `-----BEGIN RSA PRIVATE KEY----- ${body(bytes)} -----END RSA PRIVATE KEY-----`;
    expect(await hitsIn('src/a.ts', pem(60))).toBe(0);
    expect(await hitsIn('src/a.ts', pem(1180))).toBe(1);
  });

  test('a documentation comment needs more proof than the code under it, and declarations more still', async () => {
    const line = `Password: "${draw('lower', 7)}",`;
    expect(await hitsIn('src/a.ts', `const a = {\n  ${line}\n`)).toBe(1);
    expect(await hitsIn('src/a.ts', `/**\n * @example\n *   ${line}\n`)).toBe(0);
    const token = `token: "${draw('alnum', 40)}",`;
    expect(await hitsIn('src/a.ts', `/**\n * @example\n *   ${token}\n`)).toBe(1);
    const password = `/**\n * @example\n *   Password: "${draw('alnum', 12)}"\n`;
    expect(await hitsIn('src/a.ts', password)).toBe(1);
    expect(await hitsIn('types/a.d.ts', password)).toBe(0);
    // A provider's own form is a secret wherever it stands.
    const known = `ghp_${draw('alnum', 36)}`;
    expect(await hitsIn('types/a.d.ts', `/**\n * @example\n *   x("${known}")\n`)).toBe(1);
  });
});
