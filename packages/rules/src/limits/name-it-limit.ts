import { property } from '@bulwark/model';
import type { Fix, RateLimitSetting, Value } from '@bulwark/model';
import { isBelow } from './rate.ts';

/** Renames a `max` that does nothing, where the limit is then below that version's own. */
export function nameItLimit({ key, written, builtIn, maxSite }: RateLimitSetting): Fix | undefined {
  const limit = numberIn(property(written, 'max'));
  const window = property(written, 'windowMs');
  const windowMs = window.kind === 'absent' ? builtIn.windowMs : numberIn(window);
  if (!maxSite || limit === null || windowMs === null || !isBelow({ limit, windowMs }, builtIn))
    return undefined;
  return {
    title: `rename ${key}.max to limit`,
    edits: [{ kind: 'rename-key', place: maxSite, key: 'max', to: 'limit' }],
  };
}

/** `null` for anything but a number that limits something. */
function numberIn(value: Value): number | null {
  return value.kind === 'known' && typeof value.value === 'number' && value.value > 0 ? value.value : null;
}
