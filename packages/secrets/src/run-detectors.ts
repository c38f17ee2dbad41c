/** Runs our detectors where the prefilter saw their keywords. */
import { DETECTORS } from './detectors/index.ts';
import type { Detector } from './detector.ts';
import { KEYWORDS } from './kernel/data.generated.ts';
import type { Prefiltered } from './prefilter.ts';

/** A secret of ours, in bytes of the text. */
export interface Detected {
  readonly detector: Detector;
  readonly from: number;
  readonly to: number;
}

/** The detectors of each keyword, by its number. */
const BY_KEYWORD: readonly (readonly { detector: Detector; spelling: string }[])[] = index();

function index(): { detector: Detector; spelling: string }[][] {
  const numbers = new Map(KEYWORDS.map((keyword, number) => [keyword, number]));
  const byKeyword: { detector: Detector; spelling: string }[][] = KEYWORDS.map(() => []);
  for (const detector of DETECTORS) {
    for (const spelling of detector.keywords) {
      byKeyword[numbers.get(spelling.toLowerCase()) ?? -1]?.push({ detector, spelling });
    }
  }
  return byKeyword;
}

/** A value that begins as a provider's tokens do and is none of them is made up, or cut short. */
const PREFIXES = DETECTORS.flatMap(({ prefixes }) => prefixes);

/** Bytes before a match that tell what it is part of. */
const CONTEXT = 256;

export interface Ran {
  readonly found: readonly Detected[];
  /** Ids of detectors that used up their budget and did not look everywhere. */
  readonly overBudget: readonly string[];
}

/** Bytes of text one detector reads in one file: what an honest file never needs, and a made one cannot exceed. */
const BUDGET = 8 * 1024 * 1024;

export function runDetectors(path: string, text: Buffer, { keywords, places }: Prefiltered): Ran {
  const found = new Map<string, Detected>();
  const spent = new Map<string, number>();
  // Fewer places than that cannot use a budget up.
  const isCounted = places.length > 1_000;
  for (const [index, keyword] of keywords.entries()) {
    const at = places[index]!;
    for (const { detector, spelling } of BY_KEYWORD[keyword]!) {
      if (!detector.foldsCase && !isSpelled(text, at, spelling)) continue;
      if (isCounted) {
        const cost = (spent.get(detector.id) ?? 0) + CONTEXT + detector.lead + detector.reach;
        spent.set(detector.id, cost);
        if (cost > BUDGET) continue;
      }
      for (const bounds of matchAt(detector, path, text, at)) {
        found.set(`${detector.id} ${bounds.from} ${bounds.to}`, { detector, ...bounds });
      }
    }
  }
  const overBudget = [...spent].filter(([, cost]) => cost > BUDGET).map(([id]) => id);
  return { found: [...found.values()], overBudget };
}

function isSpelled(text: Buffer, at: number, spelling: string): boolean {
  for (let index = 0; index < spelling.length; index += 1)
    if (text[at + index] !== spelling.charCodeAt(index)) return false;
  return true;
}

interface Bounds {
  readonly from: number;
  readonly to: number;
}

function* matchAt(detector: Detector, path: string, text: Buffer, at: number): Generator<Bounds> {
  const start = Math.max(0, at - Math.max(CONTEXT, detector.lead + 8));
  const window = text.toString('latin1', start, Math.min(text.length, at + detector.reach + 8));
  const { core } = detector;
  if (core && !core.test(window.slice(at - start))) return;
  const { pattern } = detector;
  pattern.lastIndex = at - start - Math.min(detector.lead, at - start);
  for (let match = pattern.exec(window); match; match = pattern.exec(window)) {
    const secret = secretOf(match);
    const before = window.slice(Math.max(0, match.index - CONTEXT), match.index);
    const isTaken = detector.isGeneric && PREFIXES.some((prefix) => secret.text.startsWith(prefix));
    if (!isTaken && detector.accepts({ secret: secret.text, match, before, path })) {
      yield { from: start + secret.at, to: start + secret.at + secret.text.length };
    }
    if (pattern.sticky) break;
    if (match.index > at - start) break;
    pattern.lastIndex = Math.max(match.index + 1, pattern.lastIndex);
  }
}

/** A pattern marks its secret by one of these groups; without one all of it is the secret. */
const SECRET_GROUPS = ['secret', 'second', 'quoted', 'bare'];

function secretOf(match: RegExpExecArray): { text: string; at: number } {
  const name = SECRET_GROUPS.find((group) => match.groups?.[group] !== undefined);
  const [at] = (name === undefined ? match.indices?.[0] : match.indices?.groups?.[name]) ?? [match.index];
  return { text: (name === undefined ? match[0] : match.groups?.[name]) ?? '', at };
}
