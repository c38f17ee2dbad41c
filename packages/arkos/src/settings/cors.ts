/** Which origins may read answers, whatever shape it was written in (FACTS §3.1). */
import { at, isArray, known } from '@bulwark/model';
import type { CorsSetting, Known, ObjectData, Value } from '@bulwark/model';
import { hasKey, isFalsy, isMissing, mapKnown, mapOutcomes, objectOf, typeOf, unknown } from '../values.ts';
import type { Leaf } from '../values.ts';
import { unlessListed, unlessReplaced } from './rate-limits.ts';
import { setting } from './reading.ts';
import type { Reading } from './reading.ts';

/** What one way of writing comes to. */
interface Effect {
  readonly origin: Value;
  readonly credentials: Value;
  readonly trap: CorsSetting['trap'];
}

export function corsSetting(reading: Reading): CorsSetting {
  const { cors } = reading.behaviour;
  const effect = (leaf: Leaf): Effect => limitEffect(leaf, reading);
  const written = at(reading.written, cors.key);
  const origin = mapOutcomes(written, (leaf) => effect(leaf).origin);
  const own = setting(reading, cors.key, () => {
    const notDisabled =
      cors.disableName === null
        ? origin
        : unlessListed(at(reading.written, 'middlewares.disable'), cors.disableName, origin);
    return cors.replaceKey === null
      ? notDisabled
      : unlessReplaced(at(reading.written, cors.replaceKey), notDisabled);
  });
  return {
    ...own,
    key: cors.originKey,
    credentials: mapOutcomes(written, (leaf) => effect(leaf).credentials),
    whenOmitted: whenOmitted(reading),
    trap: trapOf(written, effect),
  };
}

function whenOmitted({ behaviour, command }: Reading): CorsSetting['whenOmitted'] {
  if (behaviour.cors.whenOmitted === 'blocks') return false;
  return command === 'start' ? '*' : true;
}

function trapOf(written: Value, effect: (leaf: Leaf) => Effect): CorsSetting['trap'] {
  let trap: CorsSetting['trap'] = null;
  mapOutcomes(written, (leaf) => {
    trap ??= effect(leaf).trap;
    return leaf;
  });
  return trap;
}

function limitEffect(leaf: Leaf, reading: Reading): Effect {
  if (leaf.kind === 'unknown') return { origin: leaf, credentials: leaf, trap: null };
  const off: Effect = { origin: known(false, leaf.from), credentials: known(false, leaf.from), trap: null };
  const isTopLevelKey = reading.behaviour.cors.key === 'cors';
  if (leaf.kind === 'known' && leaf.value === false) return isTopLevelKey ? omitted(reading) : off;
  if (isFalsy(leaf)) return omitted(reading);
  if (typeOf(leaf as Known) === 'function' && !isTopLevelKey) return decidedByCode(leaf as Known);
  const object = objectOf(leaf);
  if (!object) {
    const why = unknown('is neither an object nor a handler', leaf.from);
    return { origin: why, credentials: why, trap: null };
  }
  if (hasKey(object, 'customHandler') === true) return ofCustomHandler(object, leaf as Known, reading);
  return reading.behaviour.cors.whenOmitted === 'open'
    ? ofOpenLine(object, leaf as Known, reading)
    : ofClosedLine(leaf as Known, reading);
}

function omitted(reading: Reading): Effect {
  const from = reading.byDefault;
  const isOpen = reading.behaviour.cors.whenOmitted === 'open';
  return {
    origin: known(whenOmitted(reading), from),
    credentials: known(isOpen ? reading.command !== 'start' : true, from),
    trap: null,
  };
}

function decidedByCode(handler: Known): Effect {
  return { origin: handler, credentials: unknown('is decided by a handler', handler.from), trap: null };
}

/** A handler of the app's own; older lines take the next best if it is empty, newer ones `cors()` as it comes. */
function ofCustomHandler(object: ObjectData, leaf: Known, reading: Reading): Effect {
  const handler = object.entries['customHandler']!.value;
  const isOpenLine = reading.behaviour.cors.whenOmitted === 'open';
  const otherwise: Effect = isOpenLine
    ? { origin: known('*', handler.from), credentials: known(false, handler.from), trap: null }
    : ofClosedLine(leaf, reading);
  return {
    origin: mapKnown(handler, (one) => (isFalsy(one) ? otherwise.origin : (one as Known))),
    credentials: mapKnown(handler, (one) =>
      isFalsy(one) ? otherwise.credentials : unknown('is decided by a handler', one.from),
    ),
    trap: null,
  };
}

/** ≤1.5.11, 1.6.0–1.6.2: `allowedOrigins` counts, and `"*"` there reflects; `options.origin` wins over it. */
function ofClosedLine(leaf: Known, reading: Reading): Effect {
  const inOptions = at(leaf, 'options.origin');
  const allowed = at(leaf, 'allowedOrigins');
  const origin = mapKnown(inOptions, (one) => {
    if (one.kind === 'known') return originOf(one);
    return mapKnown(allowed, (each) => {
      if (each.kind === 'known' && each.value === '*') return known(true, each.from);
      if (each.kind === 'known' && (typeof each.value === 'string' || isArray(each.value)))
        return originOf(each);
      return known(false, each.kind === 'absent' ? reading.byDefault : each.from);
    });
  });
  const credentials = mapKnown(at(leaf, 'options.credentials'), (one) =>
    one.kind === 'absent' ? known(true, reading.byDefault) : known(!isFalsy(one), one.from),
  );
  return { origin, credentials, trap: closedTrap(inOptions, allowed) };
}

function closedTrap(inOptions: Value, allowed: Value): CorsSetting['trap'] {
  if (inOptions.kind !== 'absent' && allowed.kind !== 'absent') return 'options-win';
  if (allowed.kind === 'known' && allowed.value === '*') return 'star-reflects';
  return starInList(allowed) ? 'star-in-list' : null;
}

/** ≥1.5.12, ≥1.6.3: options as they are; with `allowedOrigins` the older shape, without it `options` is ignored. */
function ofOpenLine(object: ObjectData, leaf: Known, reading: Reading): Effect {
  const byDefault = omitted(reading);
  const isOlderShape = hasKey(object, 'allowedOrigins');
  if (isOlderShape === 'unknown' && object.rest)
    return { origin: object.rest, credentials: object.rest, trap: null };
  const credentialsKey = isOlderShape ? 'options.credentials' : 'credentials';
  const credentials = mapKnown(at(leaf, credentialsKey), (one) =>
    one.kind === 'absent' ? byDefault.credentials : known(!isFalsy(one), one.from),
  );
  if (!isOlderShape) {
    const written = at(leaf, 'origin');
    return {
      origin: mapKnown(written, (one) => (one.kind === 'absent' ? byDefault.origin : originOf(one))),
      credentials,
      trap:
        hasKey(object, 'options') === true ? 'options-ignored' : starInList(written) ? 'star-in-list' : null,
    };
  }
  const inOptions = at(leaf, 'options.origin');
  const allowed = at(leaf, 'allowedOrigins');
  const origin = mapKnown(inOptions, (one) =>
    one.kind === 'known'
      ? originOf(one)
      : mapKnown(allowed, (each) => (isMissing(each) ? byDefault.origin : originOf(each as Known))),
  );
  const trap = inOptions.kind === 'absent' ? null : 'options-win';
  return { origin, credentials, trap: trap ?? (starInList(allowed) ? 'star-in-list' : null) };
}

/** What the `cors` package makes of an `origin`: anything falsy switches it off. */
function originOf(leaf: Known): Known {
  return isFalsy(leaf) ? known(false, leaf.from) : leaf;
}

function starInList(value: Value): boolean {
  return (
    value.kind === 'known' &&
    isArray(value.value) &&
    value.value.items.some((item) => item.kind === 'known' && item.value === '*')
  );
}
