import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
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
