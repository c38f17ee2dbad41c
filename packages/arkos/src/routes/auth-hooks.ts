import { at, isObject } from '@bulwark/model';
import type { Data, Generation, Value } from '@bulwark/model';

const HAS_HOOKS: ReadonlySet<Generation> = new Set<Generation>(['1.6', '1.7', '2.0-next']);

/** The part of `authentication.hooks` that may call `skip()`, `null` if none can (FACTS §5.3). */
export function hookMaySkip(config: Value, generation: Generation): Value | null {
  if (!HAS_HOOKS.has(generation)) return null;
  return mayHold(at(config, 'authentication.hooks'));
}

function mayHold(value: Value): Value | null {
  if (value.kind === 'absent') return null;
  if (value.kind === 'unknown') return value;
  const data = value.value;
  if (typeof data !== 'object' || data === null) return null;
  if (data.type === 'function') return isHarmless(data) ? null : value;
  const parts: readonly Value[] = isObject(data)
    ? [...Object.values(data.entries).map((entry) => entry.value), ...(data.rest ? [data.rest] : [])]
    : data.type === 'array'
      ? [...data.items, ...(data.rest ? [data.rest] : [])]
      : [];
  return parts.map(mayHold).find((part) => part !== null) ?? null;
}

/** Its whole text is there, names no `skip`, and takes its context apart so that it cannot hand it on. */
function isHarmless(data: Extract<Data, { type: 'function' }>): boolean {
  const isWhole = data.source.length < 2000;
  const takesApart = data.parameters === 0 || /^[^(]*\(\s*\{[^.{}]*\}/.test(data.source);
  return isWhole && takesApart && !/\bskip\b/.test(data.source) && !/\barguments\b/.test(data.source);
}
