import { createPublicKey } from 'node:crypto';

const BASE64 = /^[A-Za-z0-9+/]{40,2000}={0,2}$/;

/** Whether a value is a public key, as base64 of its DER form (SubjectPublicKeyInfo, RFC 5280 §4.1.2.7). */
export function isPublicKey(value: string): boolean {
  // A sequence that holds a sequence; a private key holds a version first, and so begins otherwise.
  if (!value.startsWith('M') || !BASE64.test(value)) return false;
  try {
    createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'spki' });
    return true;
  } catch {
    return false;
  }
}
