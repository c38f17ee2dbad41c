import { at, known, siteOf } from '@bulwark/model';
import type { Known, RateLimitSetting, Value } from '@bulwark/model';
import { isArray } from '@bulwark/model';
import { foldDefaults } from '../config/fold-defaults.ts';
import type { RateLimitBehaviour } from '../generations/behaviour.ts';
import { isFalsy, mapKnown, mapOutcomes, objectOf, typeOf, unknown } from '../values.ts';
import { setting, siteIn } from './reading.ts';
import type { Reading } from './reading.ts';

/** One of the two limits: what was written, deep-merged over the built-in one at its use (FACTS §1.4, §3.2). */
export function rateLimitSetting(reading: Reading, behaviour: RateLimitBehaviour): RateLimitSetting {
  const { key, limit, windowMs } = behaviour;
  const own = setting(reading, key, (written) => mergedLimit(reading, behaviour, written));
  const ignoredMax = ignoredMaxOf(reading, key);
  const maxSite = ignoredMax ? siteIn(reading, `${key}.max`) : undefined;
  return {
    ...own,
    value: replacedOr(reading, behaviour, disabledOr(reading, behaviour, own.value)),
    builtIn: { limit, windowMs },
    ignoredMax,
    ...(maxSite && { maxSite }),
  };
}

function mergedLimit(reading: Reading, behaviour: RateLimitBehaviour, written: Value): Value {
  const { limit, windowMs, takesHandler } = behaviour;
  const defaults = { limit, windowMs };
  return mapKnown(written, (leaf) => {
    if (takesHandler && leaf.kind === 'known' && (leaf.value === false || typeOf(leaf) === 'function'))
      return leaf;
    if (isFalsy(leaf))
      return foldDefaults({ kind: 'absent', from: leaf.from }, defaults, reading.byDefault, 'deep');
    if (objectOf(leaf) === null) return unknown('is not an object of rate limit options', leaf.from);
    return foldDefaults(leaf, defaults, reading.byDefault, 'deep');
  });
}

/** ≤1.3: a name in `middlewares.disable` switches it off. */
function disabledOr(reading: Reading, { disableName }: RateLimitBehaviour, otherwise: Value): Value {
  return disableName === null
    ? otherwise
    : unlessListed(at(reading.written, 'middlewares.disable'), disableName, otherwise);
}

/** `false` where a list holds a name, else the other value. */
export function unlessListed(list: Value, name: string, otherwise: Value): Value {
  return mapOutcomes(list, (leaf) => {
    if (leaf.kind === 'absent') return otherwise;
    if (leaf.kind === 'unknown') return leaf;
    if (!isArray(leaf.value)) return otherwise;
    const listed = leaf.value.items.find((item) => item.kind === 'known' && item.value === name);
    if (listed) return known(false, listed.from);
    return leaf.value.rest ?? leaf.value.items.find((item) => item.kind === 'unknown') ?? otherwise;
  });
}

/** ≤1.3: a handler in `middlewares.replace` takes its place. */
function replacedOr(reading: Reading, { replaceKey }: RateLimitBehaviour, otherwise: Value): Value {
  return replaceKey === null ? otherwise : unlessReplaced(at(reading.written, replaceKey), otherwise);
}

export function unlessReplaced(handler: Value, otherwise: Value): Value {
  return mapKnown(handler, (leaf) => (isFalsy(leaf) ? otherwise : (leaf as Known)));
}

/** FACTS §3.2: `{ max: 50 }` leaves the default limit in force, `{ limit: 50 }` does not. */
function ignoredMaxOf({ written }: Reading, key: string): RateLimitSetting['ignoredMax'] {
  const max = siteOf(written, `${key}.max`);
  return max && siteOf(written, `${key}.limit`) === undefined ? max : null;
}
