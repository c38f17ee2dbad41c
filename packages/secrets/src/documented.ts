import { createHash } from 'node:crypto';

/**
 * Keys that Google prints in its own samples and test suites (Firebase quick starts, Android SDK). They open nothing.
 * Kept as the first 16 hex digits of their SHA-256, so that no key stands here.
 */
const DOCUMENTED = new Set([
  '0b476bdf9acf2123',
  '2037abcaffb2b777',
  '27a9a42931dff7eb',
  '3a8b61d0f636b007',
  '49f777db995e8260',
  '4c98242dcadc8b29',
  'a19f89ab3555eac1',
  'b7d61096898ce748',
  'dc0fcf046c61640c',
  'e4a5542bb7fd7b67',
  'ea9bb1082cf95663',
]);

/** Whether a vendor publishes this very value as an example. */
export function isDocumented(secret: string): boolean {
  return DOCUMENTED.has(createHash('sha256').update(secret).digest('hex').slice(0, 16));
}
