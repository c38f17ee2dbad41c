/** Arkos 2.0-next: strictness and the login limit are no longer read (FACTS §3.3, §3.11, §4.6). */
import { arkos17 } from './1.7.ts';
import type { Behaviour } from './behaviour.ts';

export const arkos20next: Behaviour = {
  ...arkos17,
  generation: '2.0-next',
  whenConfigThrows: 'exits',
  authRateLimit: null,
  strict: 'unread',
  defaults: { ...(arkos17.defaults as object), routers: { strict: 'no-bulk' } },
  keys: [
    ...arkos17.keys.filter((key) => key !== 'routers.strict' && key !== 'authentication.rateLimit.*'),
    'prisma.instance',
  ],
  dead: {
    ...arkos17.dead,
    'routers.strict': {
      instead: 'disabled: true in the ArkosRouteHook of each endpoint',
      why: 'Arkos 2.0-next has the key but never reads it',
    },
    'authentication.rateLimit': {
      instead: 'ArkosRouteHook("auth").login({ rateLimit })',
      why: 'Arkos 2.0-next limits login by a fixed rate unless the route hook says otherwise',
    },
    'authentication.requestRateLimitOptions': {
      instead: 'ArkosRouteHook("auth").login({ rateLimit })',
      why: 'Arkos 2.0-next limits login by a fixed rate unless the route hook says otherwise',
    },
  },
};
