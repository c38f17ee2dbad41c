import { isArray, isObject } from '@bulwark/model';
import type { Absent, Data, Known, Value } from '@bulwark/model';

const LONGEST = 60;

/** A value as it would be written, short enough for a message. */
export function valueText(value: Value): string {
  if (value.kind === 'absent') return 'not set';
  return value.kind === 'known' ? dataText(value.value) : 'something unknown';
}

/** `is false (as written)`, with where it comes from. */
export function isText(outcome: Known | Absent, version: string): string {
  return `is ${valueText(outcome)} (${originText(outcome, version)})`;
}

/** Where a value comes from, in words that fit in brackets. */
export function originText({ from }: Value, version: string): string {
  if (from.kind === 'env') return `from the environment variable ${from.variable}`;
  return from.kind === 'default' ? `the default of Arkos ${version}` : 'as written';
}

function dataText(data: Data): string {
  if (typeof data === 'string') return JSON.stringify(shorten(data));
  if (typeof data !== 'object' || data === null) return String(data);
  if (isArray(data)) {
    const items = data.items.map(valueText);
    return shorten(`[${[...items, ...(data.rest ? ['…'] : [])].join(', ')}]`);
  }
  if (isObject(data)) return shorten(`{ ${Object.keys(data.entries).join(', ')} }`);
  switch (data.type) {
    case 'undefined':
      return 'undefined';
    case 'function':
      return 'a function';
    case 'regexp':
      return shorten(`/${data.source}/${data.flags}`);
    case 'instance':
      return `an instance of ${data.of}`;
    default:
      return data.text;
  }
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
