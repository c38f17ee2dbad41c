import { defineRule, pass, property, siteOf, violation } from '@bulwark/model';
import type {
  DeadRouteKey,
  Fix,
  ModeFacts,
  Place,
  RateLimitSetting,
  Violated,
  WrittenKey,
} from '@bulwark/model';
import { nameItLimit } from '../limits/name-it-limit.ts';

/** A key that does nothing, whoever found it. */
interface Dead {
  readonly key: string;
  readonly place: Place | null;
  readonly why: string;
  readonly instead: string | null;
  readonly fix?: Fix | undefined;
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
    return dead.map(({ key, place, why, instead, fix }): Violated =>
      violation(
        instead === null ? 'unread' : 'renamed',
        { key, why, version, instead },
        { key, place: place ?? undefined },
        fix,
      ),
    );
  },
});

function ofWrittenKey(written: WrittenKey): Dead {
  const { path, place, instead, why } = written;
  return { key: path, place, why: why ?? 'something beside it wins', instead, fix: renamed(written) };
}

function renamed({ path, place, renamesTo }: WrittenKey): Fix | undefined {
  if (renamesTo === undefined) return undefined;
  const key = path.slice(path.lastIndexOf('.') + 1);
  return {
    title: `rename ${path} to ${renamesTo}`,
    edits: [{ kind: 'rename-key', place, key, to: renamesTo }],
  };
}

function ofRouteKey({ module, key, nearest, because, place }: DeadRouteKey): Dead {
  return { key: `${key} (${module} router)`, place, why: because, instead: nearest };
}

/** FACTS §3.2: beside a default `limit`, `max` does nothing. */
function ignoredMaxima({ settings: { globalRateLimit, authRateLimit } }: ModeFacts): Dead[] {
  return [globalRateLimit, authRateLimit]
    .filter((limit): limit is RateLimitSetting => limit !== null && limit.ignoredMax !== null)
    .map((limit) => ({
      key: `${limit.key}.max`,
      place: limit.ignoredMax,
      why: 'its own limit is merged in beside it and wins',
      instead: `${limit.key}.limit`,
      fix: nameItLimit(limit),
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
