/** Arkos 1.5: unknown zod fields rejected from 1.5.1, CORS open by default from 1.5.12 (FACTS §3.1, §3.10). */
import { arkos14 } from './1.4.ts';
import type { Behaviour } from './behaviour.ts';
import { without } from './without.ts';

export function arkos15(patch: number): Behaviour {
  const before = arkos14(15);
  return withOpenCors(
    {
      ...before,
      generation: '1.5',
      enforcesSecret: patch >= 9,
      falseValidator: patch >= 11 ? 'passes' : 'refuses',
      unknownFields: {
        ...before.unknownFields,
        zod: patch >= 1 ? 'rejected-unless-off' : before.unknownFields.zod,
      },
      keys: [...before.keys, ...(patch >= 11 ? COOKIE_KEYS : [])],
    },
    patch >= 12,
  );
}

const COOKIE_KEYS = ['authentication.jwt.cookie.domain', 'authentication.jwt.cookie.expires'];

/** Sections that hand on whatever is in them. */
const REPLACED = ['authentication.jwt.cookie.', 'middlewares.cors.'];

/**
 * 1.5.12 and 1.6.3 brought the same changes: CORS options as they are and open by default, the cookie object
 * spread over the flags, and a `fileUpload.enabled` that is read the wrong way round (FACTS §3.1, §3.6, §3.16).
 */
export function withOpenCors(behaviour: Behaviour, isOpen: boolean): Behaviour {
  if (!isOpen) return behaviour;
  return {
    ...behaviour,
    cors: { ...behaviour.cors, originKey: 'middlewares.cors.origin', whenOmitted: 'open' },
    cookie: { ...behaviour.cookie, spread: true },
    fileUploadEnabled: 'inverted',
    keys: [
      ...behaviour.keys.filter((key) => !REPLACED.some((section) => key.startsWith(section))),
      ...REPLACED.map((section) => `${section}*`),
      'fileUpload.enabled',
    ],
    dead: without(behaviour.dead, [
      'fileUpload.enabled',
      'middlewares.cors.origin',
      'middlewares.cors.credentials',
    ]),
  };
}
