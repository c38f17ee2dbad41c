import { defineRule, notApplicable, pass, placeOf, undecided, violation } from '@bulwark/model';
import type { Judgement, Known, Place, Setting, Subjected, Unknown, Value } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { issuesTokens } from './issues-tokens.ts';
import { readThrough } from './validated-environment.ts';

interface Input {
  readonly secret: Setting;
  readonly hasAuthentication: boolean;
  /** Where tracked files set variables, by name. */
  readonly tracked: Readonly<Record<string, Place>>;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'jwt-secret',
  title: 'The JWT secret comes from the environment',
  why: 'Whoever knows the secret can sign a token for any user. A secret in the repository is known to everyone who ever had a copy of it.',
  severity: 'error',
  messages: {
    literal: ({ key, write }) => `${key} is written into the source; ${write}`,
    fallback: ({ key, when, write }) =>
      `${key} falls back to text in the source${when}, so a forgotten variable goes unnoticed and tokens can be forged; ${write}`,
    tracked: ({ key, variable, file }) =>
      `${key} comes from ${variable}, which ${file} sets, and that file is tracked: take it out of there, replace the secret, and set ${variable} where the app is deployed`,
  },
  select: ({ settings, environment }) => ({
    secret: settings.jwt.secret,
    hasAuthentication: issuesTokens(settings),
    tracked: trackedPlaces(environment.variables),
  }),
  check({ secret, hasAuthentication, tracked }) {
    const { key, place, value } = secret;
    const judgement = judgeSecret(value, null, { key, place }, tracked);
    if (hasAuthentication || judgement.verdict === 'violation') return judgement;
    return notApplicable('no tokens are signed: authentication is not in use');
  },
});

function trackedPlaces(variables: Readonly<Record<string, Value>>): Record<string, Place> {
  const places = Object.entries(variables).map(([name, value]) => [name, placeOf(value)] as const);
  return Object.fromEntries(
    places.filter((entry): entry is readonly [string, Place] => entry[1] !== undefined),
  );
}

type Tracked = Input['tracked'];

/** A literal in any outcome is a literal in the repository, whichever outcome is the one. */
function judgeSecret(value: Value, when: string | null, about: Subjected, tracked: Tracked): Judgement {
  if (value.kind === 'absent') return pass('nothing is written, so Arkos asks the environment', about.place);
  if (value.kind === 'known') return judgeKnown(value, when, about, tracked);
  if (value.fallback && isTruthy(value.fallback))
    return violation('fallback', fallbackProps(about, `${nameOf(value)} is unset`), about);
  if (!value.outcomes) return judgeOpen(value, about);
  const said = value.outcomes.map((outcome) => judgeSecret(outcome.value, outcome.when, about, tracked));
  return (
    said.find(({ verdict }) => verdict === 'violation') ??
    said.find(({ verdict }) => verdict === 'undecided') ??
    pass(`it ${value.why}`, about.place)
  );
}

function judgeKnown(value: Known, when: string | null, about: Subjected, tracked: Tracked): Judgement {
  const { key } = about;
  if (!isTruthy(value)) return pass('nothing is written, so Arkos asks the environment', about.place);
  if (value.from.kind === 'env') {
    const { variable } = value.from;
    const place = Object.hasOwn(tracked, variable) ? tracked[variable] : undefined;
    if (!place) return pass(`it comes from the environment variable ${variable}`, about.place);
    return violation('tracked', { key, variable, file: place.path }, { ...about, place });
  }
  if (when === null) return violation('literal', { key, write: insteadOf(key) }, about);
  return violation('fallback', fallbackProps(about, when), about);
}

/** Only a value that some variable decides comes from the environment. */
function judgeOpen({ why, variables, foreign }: Unknown, about: Subjected): Judgement {
  if (foreign) {
    const through = readThrough(foreign);
    if (through === 'environment')
      return pass(`it is read from the environment through ${foreign.module}`, about.place);
    if (through === 'fallback')
      return violation('fallback', fallbackProps(about, 'the variable is unset'), about);
    return undecided(why, about);
  }
  if (variables && variables.length > 0) return pass(`it ${why}`, about.place);
  return undecided(why, about);
}

function fallbackProps({ key }: Subjected, when: string): Record<string, string> {
  return { key, when: ` if ${when}`, write: insteadOf(key) };
}

function nameOf({ variables }: Unknown): string {
  return variables?.join(' or ') || 'what it comes from';
}

function insteadOf(key: string): string {
  return `write ${key}: process.env.JWT_SECRET, or leave the key out, which reads the same variable`;
}
