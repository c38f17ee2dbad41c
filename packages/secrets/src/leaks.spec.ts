import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { createDraw } from './draw.ts';
import { createScanner, loadSecretlintConfig } from './index.ts';
import { maskSecret } from './mask.ts';
import { PROBES } from '../test/probes.ts';

/** Any eight characters in a row of a secret would be a part of it. */
const piecesOf = (secret: string): string[] =>
  Array.from({ length: Math.max(1, secret.length - 7) }, (_, at) => secret.slice(at, at + 8));

describe('nothing of a secret leaves the package', () => {
  test('not in any result, of any kind of secret', async () => {
    const scanner = createScanner();
    for (const { id, path, text } of PROBES) {
      const drawn: string[] = [];
      const draw = createDraw(id);
      const content = text((alphabet, length) => {
        const part = draw(alphabet, length);
        if (length >= 12) drawn.push(part);
        return part;
      });
      const shown = inspect(await scanner.scan({ path, bytes: Buffer.from(content) }), { depth: null });
      for (const piece of drawn.flatMap(piecesOf))
        expect(shown.includes(piece) ? [id, 'leaks'] : []).toEqual([]);
    }
  });

  test('not in what the engine logs when it is asked to', async () => {
    const { default: debug } = (await import('debug')) as unknown as {
      default: { enable(names: string): void; disable(): void; log: unknown };
    };
    const written: string[] = [];
    const secret = `ghp_${createDraw('log')('alnum', 36)}`;
    const stderr = process.stderr.write.bind(process.stderr);
    process.stderr.write = (chunk: string | Uint8Array) => written.push(String(chunk)) > 0;
    debug.enable('@secretlint/*');
    try {
      await createScanner().scan({ path: 'a.ts', bytes: Buffer.from(`t = '${secret}'`) });
    } finally {
      debug.disable();
      process.stderr.write = stderr;
    }
    expect(written.join('').includes(secret.slice(4, 12))).toBe(false);
  });

  test('not in an error about a configuration', async () => {
    const secret = `ghp_${createDraw('error')('alnum', 36)}`;
    for (const text of [`{ "rules": "${secret}" `, `{ "rules": "${secret}" }`]) {
      const error: unknown = await loadSecretlintConfig('.secretlintrc.json', text, '/').catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, { depth: null }).includes(secret.slice(4, 12))).toBe(false);
    }
  });

  test('a mask tells long secrets apart and nothing of short ones, and carries no control characters', () => {
    expect(maskSecret('hunter2')).toBe('********');
    expect(maskSecret(`ghp_${'a'.repeat(36)}`)).toBe('ghp_********');
    expect(maskSecret(`\u001b[2J${'a'.repeat(36)}`)).toBe('?[2J********');
  });
});
