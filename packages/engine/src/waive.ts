/** Marks findings that a waiver or a comment beside them accepts. */
import type { Finding, Waived } from '@bulwark/model';
import { matches } from './settings.ts';
import type { Settings, Waiver } from './settings.ts';

/** The text of a file of the snapshot, `null` if it cannot be read. */
export type ReadText = (path: string) => Promise<string | null>;

/** @param today `YYYY-MM-DD`, in UTC. */
export async function waive(
  findings: readonly Finding[],
  settings: Settings,
  today: string,
  readText: ReadText,
): Promise<Finding[]> {
  const marked: Finding[] = [];
  for (const finding of findings) {
    const waived =
      byWaiver(finding, settings.waivers, today) ?? byComment(finding, await readText(finding.path));
    marked.push(waived ? { ...finding, waived } : finding);
  }
  return marked;
}

function byWaiver(finding: Finding, waivers: readonly Waiver[], today: string): Waived | null {
  const waiver = waivers.find(
    (one) => covers(one, finding) && (one.expires === undefined || today <= one.expires),
  );
  if (!waiver) return null;
  const { reason, owner, expires } = waiver;
  return { reason, ...(owner === undefined ? {} : { owner }), ...(expires === undefined ? {} : { expires }) };
}

/** Whether a waiver speaks of this finding, whatever its date. */
export function covers(waiver: Waiver, finding: Finding): boolean {
  if (waiver.rule !== finding.rule) return false;
  if (waiver.app !== undefined) return waiver.app === finding.app;
  if (waiver.path !== undefined) return matches(finding.path, [waiver.path]);
  return waiver.fingerprint !== undefined && finding.fingerprint.startsWith(waiver.fingerprint);
}

/**
 * `bulwark-allow <rule>: <reason>` on the line or the line above; for a secret the comment must also name
 * the first 8 digits of the fingerprint: `bulwark-allow committed-secret 1a2b3c4d: <reason>`.
 */
const ALLOW =
  /bulwark-allow[ \t]{1,8}([a-z][a-z0-9-]{0,63})(?:[ \t]{1,8}([0-9a-f]{8,64}))?[ \t]{0,8}:[ \t]{0,8}(\S[^\r\n]{0,500})/g;

function byComment(finding: Finding, text: string | null): Waived | null {
  if (text === null || !text.includes('bulwark-allow')) return null;
  const lines = text.split('\n');
  for (const line of [lines[finding.line - 1], lines[finding.line - 2]]) {
    for (const [, rule, digits, reason] of (line ?? '').matchAll(ALLOW)) {
      if (rule !== finding.rule) continue;
      const isNamed = digits !== undefined && finding.fingerprint.startsWith(digits);
      if (isNamed || (digits === undefined && finding.rule !== 'committed-secret'))
        return { reason: withoutCommentEnd(reason!) };
    }
  }
  return null;
}

function withoutCommentEnd(reason: string): string {
  return reason.replace(/\s*(?:\*\/|-->|%>|\}\})\s*$/, '').trim();
}
