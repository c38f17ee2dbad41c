import { placeOf, property, siteOf } from '@bulwark/model';
import type { Generation, Place, RouteRateLimit, Value } from '@bulwark/model';
import type { ModuleKind } from './endpoints.ts';

/** Endpoints the limiter of the auth routes covers (FACTS §3.3). */
const LIMITED: ReadonlySet<string> = new Set(['login', 'logout', 'signup', 'updatePassword']);

/** What a generated endpoint's own configuration says of its limit (FACTS §3.3); ≤1.3 has no such key. */
export function rateLimitOf(
  endpoint: string,
  kind: ModuleKind,
  override: Value,
  generation: Generation,
  nearest: Place,
): RouteRateLimit {
  const isOld = generation === '1.0' || generation === '1.2' || generation === '1.3';
  const entry = property(override, endpoint);
  const value: Value = isOld
    ? { kind: 'absent', from: { kind: 'place', place: nearest } }
    : property(entry, 'rateLimit');
  const isBuiltIn = generation === '2.0-next' && kind === 'auth' && LIMITED.has(endpoint);
  return {
    value,
    builtIn: isBuiltIn ? { limit: 10, windowMs: 5000 } : null,
    place: (isOld ? undefined : (siteOf(entry, 'rateLimit') ?? placeOf(entry))) ?? nearest,
  };
}
