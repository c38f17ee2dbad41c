/** How often, as `express-rate-limit` counts: so many requests in a window. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

const MINUTE = 60_000;
const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ['h', 60 * MINUTE],
  ['min', MINUTE],
  ['s', 1000],
  ['ms', 1],
];

/** `300 requests in 1 min`. */
export function rateText({ limit, windowMs }: Rate): string {
  const [name, ms] = UNITS.find(([, size]) => windowMs >= size && windowMs % size === 0) ?? ['ms', 1];
  const count = limit === Infinity ? 'any number of' : limit;
  return `${count} ${limit === 1 ? 'request' : 'requests'} in ${windowMs / ms} ${name}`;
}

/** Whether one lets fewer requests through than the other, over time. */
export function isBelow(rate: Rate, other: Rate): boolean {
  return perMs(rate) < perMs(other);
}

function perMs({ limit, windowMs }: Rate): number {
  return windowMs > 0 ? limit / windowMs : Infinity;
}
