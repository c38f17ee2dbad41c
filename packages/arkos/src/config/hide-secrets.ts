/** Takes the text of secrets out of values, so that no fact holds one. */
import { HIDDEN } from '@bulwark/model';
import type { Data, ForeignStep, Property, Value } from '@bulwark/model';

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

function hide(value: Value, all: boolean): Value {
  if (value.kind === 'absent') return value;
  if (value.kind === 'known') return { ...value, value: hideData(value.value, all) };
  return {
    ...value,
    ...(value.outcomes && {
      outcomes: value.outcomes.map(({ when, value: inner }) => ({
        when: hideText(when, false),
        value: hide(inner, all),
      })),
    }),
    ...(value.fallback && { fallback: { ...value.fallback, value: hideData(value.fallback.value, all) } }),
    ...(value.foreign && {
      foreign: { ...value.foreign, steps: value.foreign.steps.map((step) => hideStep(step, all)) },
    }),
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
      return {
        ...data,
        entries: Object.fromEntries(
          Object.entries(data.entries).map(([key, property]) => [key, hideProperty(key, property, all)]),
        ),
      };
    case 'array':
      return { ...data, items: data.items.map((item) => hide(item, all)) };
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

function hideProperty(key: string, property: Property, all: boolean): Property {
  return { ...property, value: hide(property.value, all || SECRET_KEY.test(key)) };
}

function hideText(text: string, all: boolean): string {
  if (all) return text === '' ? text : HIDDEN;
  return text.includes('://') ? text.replace(ADDRESS_WITH_PASSWORD, `$1:${HIDDEN}@`) : text;
}
