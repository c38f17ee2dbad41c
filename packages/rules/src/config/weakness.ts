/** How weak a setting is, as a number to compare: 0 is the strongest there is. */
import { property } from '@bulwark/model';
import type { Absent, Known, Setting, Settings, Value } from '@bulwark/model';
import { BY_REQUEST, settleRequests } from '../authentication/cookie-flag.ts';
import { durationSeconds, durationText } from '../authentication/duration.ts';
import { isTruthy } from '../is-truthy.ts';
import { rateText } from '../limits/rate.ts';
import { valueText } from '../value-text.ts';

type Outcome = Known | Absent;

export interface Measure {
  readonly of: (settings: Settings) => Setting | null;
  /** `null` if it cannot be told. */
  readonly weakness: (outcome: Outcome) => number | null;
  readonly text?: (outcome: Outcome) => string;
  /** Prepares the value; as it is if left out. */
  readonly settle?: (value: Value) => Value;
}

const off = (outcome: Outcome): number => (isTruthy(outcome) ? 0 : 1);
const on = (outcome: Outcome): number => (isTruthy(outcome) ? 1 : 0);

/** The place in a list from strong to weak; whatever is not in it counts as the weakest. */
const ranked =
  (...strongFirst: readonly string[]) =>
  (outcome: Outcome): number => {
    const index = strongFirst.indexOf(outcome.kind === 'known' ? String(outcome.value) : '');
    return index === -1 ? strongFirst.length : index;
  };

const rateLimit = (of: Measure['of']): Measure => ({ of, weakness: perMs, text: limitText });

/** Every setting that is compared, by a name of its own. `routers.strict` has a rule of its own. */
export const measures: Readonly<Record<string, Measure>> = {
  cors: { of: ({ cors }) => cors, weakness: openness },
  globalRateLimit: rateLimit(({ globalRateLimit }) => globalRateLimit),
  authRateLimit: rateLimit(({ authRateLimit }) => authRateLimit),
  mode: { of: ({ authentication }) => authentication.mode, weakness: off },
  enabled: {
    of: ({ authentication }) => authentication.enabled,
    weakness: (outcome) => Number(outcome.kind === 'known' && outcome.value === false),
  },
  sendAccessTokenThrough: {
    of: ({ authentication }) => authentication.sendAccessTokenThrough,
    weakness: ranked('cookie-only'),
  },
  expiresIn: { of: ({ jwt }) => jwt.expiresIn, weakness: seconds, text: lifeText },
  httpOnly: { of: ({ jwt }) => jwt.httpOnly, weakness: off },
  secure: { of: ({ jwt }) => jwt.secure, weakness: insecurity, text: secureText, settle: settleRequests },
  sameSite: { of: ({ jwt }) => jwt.sameSite, weakness: ranked('strict', 'lax') },
  unknownFields: {
    of: ({ validation }) => validation.unknownFields,
    weakness: ranked('rejected', 'stripped', 'passed'),
  },
  strictValidation: { of: ({ validation }) => validation.strict, weakness: off },
  docsLogin: {
    of: ({ swagger }) => (isServed(swagger.enableAfterBuild) ? swagger.authenticate : null),
    weakness: off,
  },
  dangerousQueryOptions: { of: ({ dangerousQueryOptions }) => dangerousQueryOptions, weakness: on },
};

function openness({ kind, ...rest }: Outcome): number | null {
  if (kind === 'absent') return 0;
  const { value } = rest as Known;
  if (value === '*') return 1;
  if (value === true) return 2;
  return typeof value === 'object' && value !== null && value.type === 'function' ? null : 0;
}

function perMs(outcome: Outcome): number | null {
  if (!isTruthy(outcome)) return Infinity;
  const limit = numberAt(outcome, 'limit');
  const windowMs = numberAt(outcome, 'windowMs');
  return limit === null || windowMs === null ? null : limit / windowMs;
}

function limitText(outcome: Outcome): string {
  const limit = numberAt(outcome, 'limit');
  const windowMs = numberAt(outcome, 'windowMs');
  return limit === null || windowMs === null ? valueText(outcome) : rateText({ limit, windowMs });
}

function numberAt(outcome: Outcome, key: string): number | null {
  const value = property(outcome, key);
  return value.kind === 'known' && typeof value.value === 'number' ? value.value : null;
}

function seconds(outcome: Outcome): number | null {
  const value = outcome.kind === 'known' ? outcome.value : null;
  return typeof value === 'number' || typeof value === 'string' ? durationSeconds(value) : null;
}

function lifeText(outcome: Outcome): string {
  const life = seconds(outcome);
  return life === null ? valueText(outcome) : durationText(life);
}

function insecurity(outcome: Outcome): number {
  if (isByRequest(outcome)) return 1;
  return isTruthy(outcome) ? 0 : 2;
}

function secureText(outcome: Outcome): string {
  return isByRequest(outcome) ? 'left to each request' : valueText(outcome);
}

function isByRequest(outcome: Outcome): boolean {
  return outcome.kind === 'known' && outcome.value === BY_REQUEST && outcome.from.kind === 'default';
}

function isServed(enableAfterBuild: Setting | null): boolean {
  const value = enableAfterBuild?.value;
  return value !== undefined && (value.kind === 'unknown' || isTruthy(value));
}
