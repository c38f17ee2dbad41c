/** Arkos 1.3: `routers.strict`, and the switch to ARKOS_BUILD (FACTS §2, §3.11). */
import { arkos12 } from './1.2.ts';
import type { Behaviour } from './behaviour.ts';
import { without } from './without.ts';

export function arkos13(patch: number): Behaviour {
  const isByBuild = patch >= 9;
  return {
    ...arkos12,
    generation: '1.3',
    productionBy: isByBuild ? 'ARKOS_BUILD' : 'NODE_ENV',
    commands: {
      dev: { ...arkos12.commands.dev, replaces: isByBuild ? ['test'] : [] },
      start: { ...arkos12.commands.start, replaces: isByBuild ? ['test'] : 'all' },
    },
    unknownFields: { zod: 'stripped', classValidator: 'whitelist-by-default', hasOptions: true },
    strict: 'read',
    defaults: {
      ...(arkos12.defaults as object),
      routers: { strict: false },
      swagger: { enableAfterBuild: false },
    },
    keys: [...arkos12.keys, 'routers.strict'],
    dead: without(arkos12.dead, ['routers.strict']),
  };
}
