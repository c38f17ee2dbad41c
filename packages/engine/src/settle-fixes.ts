/** Which fixes do what they promise and nothing else: found out by trying them. */
import type { Finding, Problem } from '@bulwark/model';
import type { LeftAlone, Offer } from './plan-fixes.ts';

/** What a snapshot holds, as far as a trial asks. */
export interface Trial {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

export interface Settled<Fixing extends Offer> {
  readonly kept: readonly Fixing[];
  readonly left: readonly (Fixing & Pick<LeftAlone, 'why'>)[];
}

/**
 * Tries all at once, which is nearly always enough. Where something goes wrong, those that may be to blame are tried
 * one by one on top of the others.
 */
export async function settleFixes<Fixing extends Offer>(
  offers: readonly Fixing[],
  before: Trial,
  tryOut: (offers: readonly Fixing[]) => Promise<Trial>,
): Promise<Settled<Fixing>> {
  if (offers.length === 0) return { kept: [], left: [] };
  const faultsOf = async (some: readonly Fixing[]): Promise<Fault[]> =>
    some.length === 0 ? [] : compare(some, before, await tryOut(some));
  const faults = await faultsOf(offers);
  if (faults.length === 0) return { kept: offers, left: [] };
  const blamed = new Set(offers.filter((offer) => faults.some((fault) => mayCause(offer, fault))));
  let kept = offers.filter((offer) => !blamed.has(offer));
  if (blamed.size === 0 || (await faultsOf(kept)).length > 0) kept = [];
  const left: (Fixing & Pick<LeftAlone, 'why'>)[] = [];
  for (const offer of offers.filter((one) => !kept.includes(one))) {
    const [fault] = await faultsOf([...kept, offer]);
    if (fault) left.push({ ...offer, why: fault.why });
    else kept = [...kept, offer];
  }
  return { kept: offers.filter((offer) => kept.includes(offer)), left };
}

interface Fault {
  readonly why: string;
  readonly app: string | null;
  readonly path: string | null;
}

function compare(offers: readonly Offer[], before: Trial, after: Trial): Fault[] {
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  const problems = new Set(before.problems.map(problemKey));
  const still = new Set(after.findings.map(({ fingerprint }) => fingerprint));
  return [
    ...after.problems
      .filter((problem) => !problems.has(problemKey(problem)))
      .map(({ path, message }) => ({ why: `afterwards ${path ?? 'something'} ${message}`, app: null, path })),
    ...after.findings
      .filter(({ fingerprint }) => !known.has(fingerprint))
      .map(({ rule, message, app, path }) => ({ why: `it would bring ${rule}: ${message}`, app, path })),
    ...offers
      .filter(({ finding }) => still.has(finding.fingerprint))
      .map(({ finding: { app, path } }) => ({ why: 'the finding would stay', app, path })),
  ];
}

function problemKey({ path, message }: Problem): string {
  return `${path}\0${message}`;
}

function mayCause({ finding }: Offer, { app, path }: Fault): boolean {
  return (app !== null && finding.app === app) || (path !== null && finding.path === path);
}
