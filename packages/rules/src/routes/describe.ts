/** Routes and callers in words. */
import type { Access, Route } from '@bulwark/model';

export function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

const CALLERS: Readonly<Record<Access | 'unknown', string>> = {
  public: 'anyone',
  'logged-in': 'anyone who is logged in',
  authorised: 'whoever a rule allows',
  'super-user': 'super users',
  unknown: 'nobody can say who',
};

export function callers(who: Access | 'unknown'): string {
  return CALLERS[who];
}

/** `a, b and c`; past five, `a, b, c, d, e and 4 more`. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : names;
  const last = shown.at(-1) ?? 'none';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
