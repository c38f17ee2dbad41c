import type { Finding, Subject } from '@bulwark/model';
import { isSameSettings } from './same-settings.ts';

const OF_WAIVERS: ReadonlySet<string> = new Set(['waiver-expired', 'waiver-unused']);

/** What is said of waivers is older wherever a base has the very same settings file. */
export function knownOfPolicy(
  findings: readonly Finding[],
  { snapshot, bases }: Pick<Subject, 'snapshot' | 'bases'>,
): Finding[] {
  return bases.some((base) => isSameSettings(base, snapshot))
    ? findings.filter(({ rule }) => OF_WAIVERS.has(rule))
    : [];
}
