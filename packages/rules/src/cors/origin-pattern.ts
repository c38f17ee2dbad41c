/**
 * What a RegExp in a list of origins lets in, read from its source and never run: it comes from the
 * configuration that is being judged, and may take forever on purpose.
 *
 * An origin is `scheme://host` or `scheme://host:port`, without a path (RFC 6454 §6.2).
 */
import { expandPattern } from './expand-pattern.ts';
import type { Atom } from './expand-pattern.ts';
import { splitBars, tokensOf, unwrap } from './pattern-tokens.ts';

/** `unanchored`: anything before or after it. `any-host`: every host. `other-hosts`: hosts that only look alike. */
export type PatternFault = 'unanchored' | 'any-host' | 'other-hosts';

/** Constructs whose extent cannot be read off: back references and lookarounds. */
const OPAQUE = /\\[1-9k]|\(\?(?!:)/;

/** Longer than any list of hosts somebody wrote by hand. */
const LONGEST = 1_000;

/** `null` if nothing but the hosts it names can match; `unknown` if that cannot be told. */
export function patternFault(source: string): PatternFault | 'unknown' | null {
  if (source.length > LONGEST) return 'unknown';
  const branches = branchesOf(source);
  if (!branches.every(isAnchored)) return 'unanchored';
  if (OPAQUE.test(source)) return 'unknown';
  const faults: (PatternFault | null)[] = [];
  for (const branch of branches) {
    const ways = expandPattern(branch);
    if (ways === null) return 'unknown';
    faults.push(...ways.map(hostFault));
  }
  return faults.find((fault) => fault === 'any-host') ?? faults.find((fault) => fault !== null) ?? null;
}

function branchesOf(source: string): string[] {
  return splitBars(source).flatMap((branch) => {
    const inner = unwrap(branch);
    return inner === null ? [branch] : branchesOf(inner);
  });
}

function isAnchored(branch: string): boolean {
  return branch.startsWith('^') && tokensOf(branch).at(-1) === '$';
}

/**
 * What follows the last wildcard has to name a registered domain, which takes two dots (`.example.com`): with
 * fewer, a stranger can register what the wildcard stands for.
 */
function hostFault(way: readonly Atom[]): PatternFault | null {
  const host = withoutPort(way);
  const lastWild = host.findLastIndex(({ kind }) => kind === 'wild');
  if (lastWild !== -1) {
    const suffix = host.slice(lastWild + 1);
    const dots = suffix.filter(({ text }) => text === '.').length;
    const isNamed = suffix.some(({ text }) => /^[a-z]$/i.test(text));
    if (!isNamed || (dots === 1 && suffix[0]?.text === '.')) return 'any-host';
    if (dots < 2) return 'other-hosts';
  }
  return host.some(({ kind }) => kind === 'any-char') ? 'other-hosts' : null;
}

/** Without `:<port>` behind a host; the first colon is the scheme's. */
function withoutPort(way: readonly Atom[]): readonly Atom[] {
  const colon = way.findLastIndex(({ text }) => text === ':');
  return colon > 0 && colon !== way.findIndex(({ text }) => text === ':') ? way.slice(0, colon) : way;
}
