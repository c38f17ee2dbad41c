/** Arkos 1.2: env files that win, and a lower global limit (FACTS §1.6, §2, §3.2). */
import { arkos10 } from './1.0.ts';
import type { Behaviour } from './behaviour.ts';

export const arkos12: Behaviour = {
  ...arkos10,
  generation: '1.2',
  commands: {
    dev: { nodeEnv: 'development', replaces: [], sets: {} },
    start: { nodeEnv: 'production', replaces: 'all', sets: { ARKOS_BUILD: 'true' } },
  },
  envFiles: { order: 'env-last', win: true, startSkipsLocal: true, expand: false },
  globalRateLimit: { ...arkos10.globalRateLimit, limit: 500 },
  // FACTS has cookie columns for 1.0 and 1.3 only; 1.2 is read as 1.3.
  cookie: { httpOnly: 'configurable', secure: 'config-else-any-of', sameSite: 'lax', spread: false },
  cookieLifetimeUnit: 'seconds',
};
