import { expect } from '@jest/globals';
import { npmToken, slackToken } from '@bulwark/testing';

/** The secret of the rows. */
export const S = slackToken('faults');

/** Another one, of another kind. */
export const OTHER = npmToken('faults');

/** A source file whose last line, the third if not said, holds the secret. */
export function leak({ line = 3, secret = S }: { line?: number; secret?: string } = {}): string {
  const before = Array.from({ length: line - 1 }, (_, index) => `const line${index + 1} = ${index + 1};\n`);
  return `${before.join('')}export const token = '${secret}';\n`;
}

export const CLEAN = 'export const clean = true;\n';

/** A masked secret may show how it begins; what makes it secret is in no output. */
export function expectNoSecret(output: string): void {
  for (const secret of [S, OTHER]) {
    for (let at = 8; at + 10 <= secret.length; at += 5)
      expect(output).not.toContain(secret.slice(at, at + 10));
  }
}
