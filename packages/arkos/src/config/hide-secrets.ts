/** Takes the text of secrets out of values, so that no fact holds one. */
import { HIDDEN } from '@bulwark/model';
import type { Data, ForeignStep, Known, ObjectData, Property, Unknown, Value } from '@bulwark/model';

/** Keys whose strings are secrets. */
const SECRET_KEY =
  /^(?:pass(?:word|wd|phrase)?|secrets?|.*(?:Secret|Password|Token|ApiKey)|token|apiKey|privateKey|credentials)$/;

/** An address with a password in it: `postgres://user:…@host`. */
const ADDRESS_WITH_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@]+@/gi;

/** The value with every string in it hidden, but empty ones. */
export function hideSecret(value: Value): Value {
  return hide(value, true);
}

/** The value with the strings of secret keys hidden, and the passwords of addresses everywhere. */
export function hideSecrets(value: Value): Value {
  return hide(value, false);
}

// Most values hold no secret: what does not change is handed back as it is, not copied.

function hide(value: Value, all: boolean): Value {
  if (value.kind === 'absent') return value;
  return value.kind === 'known' ? hideKnown(value, all) : hideUnknown(value, all);
}

function hideKnown(value: Known, all: boolean): Known {
  const data = hideData(value.value, all);
  return data === value.value ? value : { ...value, value: data };
}

function hideUnknown(value: Unknown, all: boolean): Unknown {
  const { outcomes, fallback, foreign } = value;
  if (!outcomes && !fallback && !foreign) return value;
  return {
    ...value,
    ...(outcomes && {
      outcomes: outcomes.map(({ when, value: inner }) => ({
        when: hideText(when, false),
        value: hide(inner, all),
      })),
    }),
    ...(fallback && { fallback: hideKnown(fallback, all) }),
    ...(foreign && { foreign: { ...foreign, steps: foreign.steps.map((step) => hideStep(step, all)) } }),
  };
}

function hideStep(step: ForeignStep, all: boolean): ForeignStep {
  if ('call' in step) return { ...step, call: step.call.map((argument) => hide(argument, all)) };
  if ('construct' in step)
    return { ...step, construct: step.construct.map((argument) => hide(argument, all)) };
  return step;
}

function hideData(data: Data, all: boolean): Data {
  if (typeof data === 'string') return hideText(data, all);
  if (typeof data !== 'object' || data === null) return data;
  switch (data.type) {
    case 'object':
      return hideEntries(data, all);
    case 'array': {
      const items = data.items.map((item) => hide(item, all));
      return items.every((item, index) => item === data.items[index]) ? data : { ...data, items };
    }
    case 'function':
      return {
        ...data,
        source: hideText(data.source, all),
        ...(data.returns && { returns: hide(data.returns, all) }),
      };
    default:
      return data;
  }
}

function hideEntries(data: ObjectData, all: boolean): ObjectData {
  let changed: Record<string, Property> | null = null;
  for (const [key, property] of Object.entries(data.entries)) {
    const value = hide(property.value, all || SECRET_KEY.test(key));
    if (value === property.value) continue;
    changed ??= { ...data.entries };
    changed[key] = { ...property, value };
  }
  return changed === null ? data : { ...data, entries: changed };
}

function hideText(text: string, all: boolean): string {
  if (all) return text === '' ? text : HIDDEN;
  return text.includes('://') && text.includes('@')
    ? text.replace(ADDRESS_WITH_PASSWORD, `$1:${HIDDEN}@`)
    : text;
}
