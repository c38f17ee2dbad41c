import {
  canonicalJson,
  defineRule,
  notApplicable,
  outcomesOf,
  pass,
  undecided,
  violation,
} from '@bulwark/model';
import type { Judgement, ModeFacts, Place, Value } from '@bulwark/model';
import { valueText } from '../value-text.ts';
import { measures } from './weakness.ts';
import type { Measure } from './weakness.ts';

interface InMode {
  readonly mode: string;
  readonly value: Value;
}

/** One setting in every mode that has it. */
interface Compared {
  /** A name in the table of measures. */
  readonly measure: string;
  readonly key: string;
  readonly place: Place;
  readonly development: readonly InMode[];
  readonly live: readonly InMode[];
}

interface Input {
  readonly settings: readonly Compared[];
}

export default defineRule<Input>({
  kind: 'app',
  id: 'settings-parity',
  title: 'No security setting is weaker in production than in development',
  why: 'What was tried out is then stricter than what runs, so nobody sees the gap before strangers do.',
  severity: 'warn',
  messages: {
    weaker: ({ key, live, development }) =>
      `${key} is weaker in production than in development: ${live}, but ${development}; give it one value, or the stricter one where users are`,
  },
  select: (facts) => ({ settings: Object.keys(measures).flatMap((name) => comparedIn(facts, name)) }),
  check({ settings }) {
    if (settings.length === 0) return notApplicable('there are no two modes to compare');
    const said = settings.map(compare).filter((judgement) => judgement !== null);
    return said.length > 0 ? said : pass('every security setting is at least as strict in production');
  },
});

function comparedIn(facts: readonly ModeFacts[], name: string): Compared[] {
  const { of, settle } = measures[name]!;
  const first = facts.find(({ settings }) => of(settings) !== null);
  if (!first) return [];
  const inModes = (command: 'dev' | 'start'): InMode[] =>
    facts.flatMap(({ mode, settings }) => {
      const setting = mode.command === command ? of(settings) : null;
      return setting ? [{ mode: mode.name, value: settle ? settle(setting.value) : setting.value }] : [];
    });
  const { key, place } = of(first.settings)!;
  const compared = { measure: name, key, place, development: inModes('dev'), live: inModes('start') };
  return compared.development.length > 0 && compared.live.length > 0 ? [compared] : [];
}

/** `null` where production is at least as strict in every outcome. */
function compare({ measure: name, key, place, development, live }: Compared): Judgement | null {
  const measure = measures[name]!;
  const about = { key, place };
  const pairs = live.flatMap((one) =>
    development.map((other) => ({ one, other, how: relate(one.value, other.value, measure) })),
  );
  const weaker = pairs.find(({ how }) => how === 'weaker');
  if (weaker) {
    const tell = ({ mode, value }: InMode): string => `${textOf(value, measure)} in ${mode}`;
    return violation('weaker', { key, live: tell(weaker.one), development: tell(weaker.other) }, about);
  }
  const open = pairs.find(({ how }) => how === 'unknown');
  return open ? undecided(whyOpen(open.one.value, open.other.value), about) : null;
}

/** How the first stands to the second: every outcome of one against every outcome of the other. */
function relate(live: Value, development: Value, measure: Measure): 'weaker' | 'fine' | 'unknown' {
  const ranks = (value: Value): (number | null)[] =>
    outcomesOf(value).map(({ value: leaf }) => (leaf.kind === 'unknown' ? null : measure.weakness(leaf)));
  const [ofLive, ofDevelopment] = [ranks(live), ranks(development)];
  if (ofLive.every((rank) => rank !== null) && ofDevelopment.every((rank) => rank !== null)) {
    if (Math.max(...ofLive) <= Math.min(...ofDevelopment)) return 'fine';
    if (Math.min(...ofLive) > Math.max(...ofDevelopment)) return 'weaker';
  }
  return isSameCode(live, development) ? 'fine' : 'unknown';
}

/** The same expression in both modes, which no environment variable turns one way or the other. */
function isSameCode(a: Value, b: Value): boolean {
  const variables = a.kind === 'unknown' ? (a.variables ?? []) : [];
  return variables.length === 0 && canonicalJson(a) === canonicalJson(b);
}

function textOf(value: Value, { text = valueText }: Measure): string {
  const texts = outcomesOf(value).map(({ value: leaf }) =>
    leaf.kind === 'unknown' ? 'unknown' : text(leaf),
  );
  return [...new Set(texts)].join(' or ');
}

function whyOpen(...values: readonly Value[]): string {
  const reasons = values.flatMap((value) => (value.kind === 'unknown' ? [value.why] : []));
  return [...new Set(reasons)].join('; ') || 'is decided by code in one of the modes';
}
