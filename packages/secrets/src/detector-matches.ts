/** What our detectors find, as matches. */
import { DETECTORS, GROUPS } from './detectors/index.ts';
import { createLines } from './lines.ts';
import type { Prefiltered } from './prefilter.ts';
import type { Match } from './result.ts';
import { runDetectors } from './run-detectors.ts';

/** Specific detectors come before the engine's rules, generic ones behind; the earlier listed first. */
const RANKS = new Map(
  DETECTORS.map(({ id, isGeneric }, index) => [id, (isGeneric ? 10 : 30) - index / 1000]),
);
const RULES = new Map(
  Object.entries(GROUPS).flatMap(([group, detectors]) =>
    detectors.map(({ id }) => [id, ruleIdOf(group)] as const),
  ),
);

/** The id of the secretlint rule a group of detectors makes. */
export function ruleIdOf(group: string): string {
  return `@bulwark/secretlint-rule-${group}`;
}

export function findByDetectors(path: string, text: Buffer, seen: Prefiltered): Match[] {
  const lines = createLines(text);
  return runDetectors(path, text, seen)
    .toSorted((a, b) => a.from - b.from)
    .map(({ detector: { id, title }, from, to }) => ({
      detector: `bulwark/${id}`,
      title,
      ruleIds: [`bulwark/${id}`, RULES.get(id) ?? ''],
      secret: text.toString('utf8', from, to),
      span: lines.span(from, to),
      rank: RANKS.get(id) ?? 0,
    }));
}
