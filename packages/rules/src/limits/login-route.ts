import type { ModeFacts, Route, RouteRateLimit, Value } from '@bulwark/model';

export interface LoginRoute {
  /** The app does without it: a router file or `routers.strict` leaves it out. */
  readonly isLeftOut: boolean;
  /** Its own limit; `null` where nobody looked. */
  readonly limit: RouteRateLimit | null;
}

/** What the routes say of login; `null` where nobody gathered them, or nothing is known of it. */
export function loginRoute({ routes }: ModeFacts): LoginRoute | null {
  const auth = routes?.routes.filter(({ module, kind }) => module === 'auth' && kind === 'generated') ?? [];
  const login = auth.find(({ endpoint }) => endpoint === 'login');
  if (!login) return null;
  return { isLeftOut: isLeftOut(login, auth), limit: login.rateLimit ?? null };
}

/**
 * Login alone is not mounted. Where no auth route is, for want of a Prisma client (FACTS §4.1), the app is one
 * that is not finished, and what its configuration says counts.
 */
function isLeftOut({ mounted }: Route, auth: readonly Route[]): boolean {
  const isOff = mounted.kind === 'known' && mounted.value !== true;
  return isOff && auth.some(({ mounted: other }) => other.kind === 'unknown' || isTrue(other));
}

function isTrue(value: Value): boolean {
  return value.kind === 'known' && value.value === true;
}
