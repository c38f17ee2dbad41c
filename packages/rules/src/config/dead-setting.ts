import { defineRule, pass, property, siteOf, violation } from '@bulwark/model';
import type { DeadRouteKey, ModeFacts, Place, RateLimitSetting, Violated, WrittenKey } from '@bulwark/model';

/** A key that does nothing, whoever found it. */
interface Dead {
  readonly key: string;
  readonly place: Place | null;
  readonly why: string;
  readonly instead: string | null;
}

interface Input {
  readonly version: string;
  readonly dead: readonly Dead[];
}

export default defineRule<Input>({
  kind: 'mode',
  id: 'dead-setting',
  title: 'Every key written is one the installed version reads',
  why: 'A setting that is not read protects nothing, and looks as if it did.',
  severity: 'warn',
  messages: {
    renamed: ({ key, why, version, instead }) =>
      `Arkos ${version} does not read ${key}: ${why}; write ${instead}`,
    unread: ({ key, why, version }) => `Arkos ${version} does not read ${key}: ${why}; take it out`,
  },
  select: (facts) => ({
    version: facts.version,
    dead: [
      ...facts.writtenKeys.filter(({ status }) => status !== 'read').map(ofWrittenKey),
      ...ignoredMaxima(facts),
      ...ignoredCorsOptions(facts),
      ...(facts.routes?.deadKeys ?? []).map(ofRouteKey),
    ],
  }),
  check({ version, dead }) {
    if (dead.length === 0) return pass('every key is read');
    return dead.map(({ key, place, why, instead }): Violated =>
      violation(
        instead === null ? 'unread' : 'renamed',
        { key, why, version, instead },
        { key, place: place ?? undefined },
      ),
    );
  },
});

function ofWrittenKey({ path, place, instead, why }: WrittenKey): Dead {
  return { key: path, place, why: why ?? 'something beside it wins', instead };
}

function ofRouteKey({ module, key, nearest, because, place }: DeadRouteKey): Dead {
  return { key: `${key} (${module} router)`, place, why: because, instead: nearest };
}

/** FACTS §3.2: beside a default `limit`, `max` does nothing. */
function ignoredMaxima({ settings: { globalRateLimit, authRateLimit } }: ModeFacts): Dead[] {
  return [globalRateLimit, authRateLimit]
    .filter((limit): limit is RateLimitSetting => limit !== null && limit.ignoredMax !== null)
    .map(({ key, ignoredMax }) => ({
      key: `${key}.max`,
      place: ignoredMax,
      why: 'its own limit is merged in beside it and wins',
      instead: `${key}.limit`,
    }));
}

/** FACTS §3.1: `options` without `allowedOrigins` is ignored where options stand directly under the key. */
function ignoredCorsOptions({ settings: { cors } }: ModeFacts): Dead[] {
  if (cors.trap !== 'options-ignored' || property(cors.written, 'options').kind === 'absent') return [];
  const why = 'without allowedOrigins beside it, it is ignored';
  return [
    {
      key: 'middlewares.cors.options',
      place: siteOf(cors.written, 'options') ?? cors.place,
      why,
      instead: 'its options directly under middlewares.cors',
    },
  ];
}
