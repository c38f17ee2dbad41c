/** Arkos 1.7: as 1.6, with static files (FACTS §3.16, §8). */
import { arkos16 } from './1.6.ts';
import type { Behaviour } from './behaviour.ts';

const before = arkos16(7);

export const arkos17: Behaviour = {
  ...before,
  generation: '1.7',
  keys: [...before.keys, 'staticFiles.*'],
};
