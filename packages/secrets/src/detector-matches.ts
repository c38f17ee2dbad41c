/** What our detectors find, as matches. */
import { DETECTORS, GROUPS } from './detectors/index.ts';
import { findDecoded } from './decoded.ts';
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

/** A match and the bytes of the text it spans. */
export interface DetectorMatch extends Match {
  readonly from: number;
  readonly to: number;
}

export interface DetectorMatches {
  readonly matches: readonly DetectorMatch[];
  readonly overBudget: readonly string[];
}

export function findByDetectors(path: string, text: Buffer, seen: Prefiltered): DetectorMatches {
  const { found, overBudget } = runDetectors(path, text, seen);
  const plain = found.map(({ detector, from, to }) => ({
    detector,
    from,
    to,
    secret: text.toString('utf8', from, to),
    isEncoded: false,
  }));
  const decoded = findDecoded(path, text, seen).map(
    ({ from, to, found: { detector, ...inner }, text: decodedText }) => ({
      detector,
      from,
      to,
      secret: decodedText.toString('utf8', inner.from, inner.to),
      isEncoded: true,
    }),
  );
  const lines = createLines(text);
  const matches = [...plain, ...decoded]
    .toSorted((a, b) => a.from - b.from)
    .map(({ detector: { id, title }, from, to, secret, isEncoded }) => ({
      detector: `bulwark/${id}`,
      title: isEncoded ? `${title} in base64` : title,
      ruleIds: [`bulwark/${id}`, RULES.get(id) ?? ''],
      secret,
      from,
      to,
      span: lines.span(from, to),
      rank: RANKS.get(id) ?? 0,
    }));
  return { matches, overBudget };
}
