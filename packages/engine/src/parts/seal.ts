import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '@bulwark/model';
import type { Report, Seal } from '@bulwark/model';

/**
 * A report with a checksum over all of it, and with a key also an HMAC: whoever may write where reports are kept,
 * but does not have the key, cannot make one.
 */
export function sealReport(report: Report, key: string | undefined): Report {
  return { ...report, seal: sealOf(report, key) };
}

/** What is wrong with a report's seal, in words; `null` if it is whole. With a key, it must have been made with it. */
export function brokenSeal(report: Report, key: string | undefined): string | null {
  const { seal } = report;
  if (!seal) return 'has no seal, so nobody can tell whether it is whole';
  const right = sealOf(report, key);
  if (!isSame(seal.sha256, right.sha256)) return 'is not as it was written: its checksum is another';
  if (right.hmac === undefined) return null;
  if (seal.hmac === undefined) return 'was made without the key that reports are sealed with here';
  return isSame(seal.hmac, right.hmac) ? null : 'was not made with the key that reports are sealed with here';
}

function sealOf({ seal: _seal, ...report }: Report, key: string | undefined): Seal {
  const text = canonicalJson(report);
  return {
    sha256: createHash('sha256').update(text).digest('hex'),
    ...(key ? { hmac: createHmac('sha256', key).update(text).digest('hex') } : {}),
  };
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
