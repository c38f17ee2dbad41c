import { defineRule, notApplicable, outcomesOf, pass, undecided, violation } from '@bulwark/model';
import type { Absent, Judgement, Known, Place, Value } from '@bulwark/model';
import { routesOf } from '../gathered.ts';
import { listed } from '../routes/describe.ts';
import { compareMounted } from './mounted-parity.ts';
import type { RoutesOfMode } from './mounted-parity.ts';
import { routerStrictEffect, strictText } from './router-strict-effect.ts';

interface Input {
  readonly key: string;
  readonly place: Place | null;
  /** Empty where the version reads no such key. */
  readonly modes: readonly { readonly mode: string; readonly strict: Value }[];
  readonly mounted: readonly RoutesOfMode[];
}

export default defineRule<Input>({
  kind: 'app',
  id: 'router-strict-parity',
  title: 'Router strictness and the mounted routes are the same in every mode',
  why: 'Routes that exist only in one mode are routes nobody tested: what works in development is missing in production, or production serves endpoints that development never showed.',
  severity: 'error',
  messages: {
    differs: ({ key, values }) =>
      `${key} differs between modes: ${values}; give it one value that does not depend on the mode`,
    routesDiffer: ({ routes }) =>
      `the mounted routes differ between modes: ${routes}; mount the same ones in every mode`,
  },
  select: (facts) => {
    const strict = facts[0]?.settings.routers.strict;
    return {
      key: strict?.key ?? 'routers.strict',
      place: strict?.place ?? null,
      modes: facts.flatMap(({ mode, settings: { routers } }) =>
        routers.strict && routers.strictIsRead ? [{ mode: mode.name, strict: routers.strict.value }] : [],
      ),
      mounted: facts.map((one) => ({
        mode: one.mode.name,
        routes: routesOf(one)
          .routes.filter(({ kind }) => kind !== 'builtin')
          .map(({ method, path, mounted, place }) => ({ method, path, mounted, ...(place && { place }) })),
      })),
    };
  },
  check(input) {
    const ofKey = judgeStrict(input);
    // A strictness that differs says why the routes do; one finding is enough.
    if (ofKey.verdict === 'violation' || ofKey.verdict === 'undecided') return ofKey;
    const { differences, reasons } = compareMounted(input.mounted);
    const [first] = differences;
    if (first) {
      const routes = listed(differences.map(({ route, modes }) => `${route} only in ${listed(modes)}`));
      return violation('routesDiffer', { routes }, { key: 'routes', place: first.place });
    }
    return reasons.length > 0 ? undecided(reasons.join('; '), { key: 'routes' }) : ofKey;
  },
});

function judgeStrict({ key, place, modes }: Input): Judgement {
  if (modes.length === 0) return notApplicable('this version of Arkos reads no routers.strict');
  const about = { key, place: place ?? undefined };
  const answers = modes.map(({ mode, strict }) => ({ mode, leaves: decided(strict) }));
  const effects = answers.map(({ leaves }) => new Set(leaves?.map(routerStrictEffect)));
  const [first] = answers;
  if (!first?.leaves || answers.some(({ leaves }) => leaves === null))
    return undecided(reasonOf(modes), about);
  if (new Set(effects.flatMap((each) => [...each])).size === 1) {
    return pass(`${key} is ${strictText(first.leaves[0]!)} in every mode`, about.place);
  }
  if (effects.every(({ size }) => size === 1)) {
    const values = answers.map(({ mode, leaves }) => `${strictText(leaves![0]!)} in ${mode}`).join(', ');
    return violation('differs', { key, values }, about);
  }
  return undecided(reasonOf(modes), about);
}

/** What the value can be, `null` if any part of that is unknown. */
function decided(value: Value): (Known | Absent)[] | null {
  const leaves: (Known | Absent)[] = [];
  for (const { value: leaf } of outcomesOf(value)) {
    if (leaf.kind === 'unknown') return null;
    leaves.push(leaf);
  }
  return leaves;
}

function reasonOf(modes: readonly { readonly strict: Value }[]): string {
  const reasons = modes.flatMap(({ strict }) => (strict.kind === 'unknown' ? [strict.why] : []));
  return [...new Set(reasons)].join('; ');
}
