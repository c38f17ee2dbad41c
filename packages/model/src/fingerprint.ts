import { createHash } from 'node:crypto';

/** SHA-256 over the parts, each ended by a NUL so that no two lists of parts run together. Hex. */
export function fingerprint(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part, 'utf8').update('\0');
  return hash.digest('hex');
}
