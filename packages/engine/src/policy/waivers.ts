/** Waivers whose days are counted, and waivers that cover nothing. */
import type { Finding, Rule } from '@bulwark/model';
import type { Settings } from '../settings.ts';
import { covers } from '../waive.ts';
import { aboutOf, waiverKey } from './policy-finding.ts';
import type { PolicyFinding } from './policy-finding.ts';

/** How long before its last day a waiver is spoken of. */
const WARN_DAYS = 14;
const DAY = 24 * 60 * 60 * 1000;

/** @param today `YYYY-MM-DD`, in UTC. */
export function endingWaivers({ waivers }: Settings, today: string): PolicyFinding[] {
  return waivers.flatMap((waiver, index): PolicyFinding[] => {
    const { expires } = waiver;
    if (expires === undefined) return [];
    const days = Math.round((Date.parse(expires) - Date.parse(today)) / DAY);
    if (days > WARN_DAYS) return [];
    const props = { rule: waiver.rule, about: aboutOf(waiver), expires, days, owner: waiver.owner ?? null };
    const message = days < 0 ? 'expired' : 'expiring';
    return [{ key: waiverKey(waiver), message, props, at: [['waivers', index, 'expires']] }];
  });
}

/**
 * @param findings everything that was found, waived or not
 * @param rules a waiver of a rule about the policy may wait for a change, which an audit never sees
 */
export function unusedWaivers(
  { waivers }: Settings,
  findings: readonly Finding[],
  rules: readonly Rule[],
): PolicyFinding[] {
  const waiting = new Set(rules.filter(({ kind }) => kind === 'policy').map(({ id }) => id));
  return waivers.flatMap((waiver, index): PolicyFinding[] => {
    if (waiting.has(waiver.rule) || findings.some((finding) => covers(waiver, finding))) return [];
    const props = { rule: waiver.rule, about: aboutOf(waiver) };
    return [{ key: waiverKey(waiver), message: 'unused', props, at: [['waivers', index]] }];
  });
}
