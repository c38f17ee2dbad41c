/**
 * A span of time as `jsonwebtoken` takes it: whole seconds as a number, or text with a unit as the `ms`
 * package reads it (https://github.com/vercel/ms). Arkos refuses text without a unit at login (FACTS §3.5).
 */
const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_557_600,
};

const DURATION =
  /^(-?\d*\.?\d+) *(ms|milliseconds?|msecs?|s|seconds?|secs?|m|minutes?|mins?|h|hours?|hrs?|d|days?|w|weeks?|y|years?|yrs?)$/i;

/** Seconds, `null` if it is no duration. */
export function durationSeconds(written: string | number): number | null {
  if (typeof written === 'number') return Number.isInteger(written) ? written : null;
  const match = DURATION.exec(written.trim());
  return match ? Number(match[1]) * SECONDS[unitOf(match[2]!)]! : null;
}

function unitOf(name: string): string {
  const lower = name.toLowerCase();
  return lower.startsWith('ms') || lower.startsWith('milli') ? 'ms' : lower[0]!;
}

/** `10.4 days`. */
export function durationText(seconds: number): string {
  for (const [name, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (Math.abs(seconds) < size) continue;
    const count = Math.round((seconds / size) * 10) / 10;
    return `${count} ${name}${count === 1 ? '' : 's'}`;
  }
  return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
}
