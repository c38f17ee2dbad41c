/** A value in a few words, for tables: data as JSON would have it, the rest in angle brackets. */
import type { Data, Value } from '@bulwark/model';

export function short(value: Value): unknown {
  switch (value.kind) {
    case 'absent':
      return '<absent>';
    case 'unknown':
      if (!value.outcomes) return `<${value.why}>`;
      return Object.fromEntries(value.outcomes.map(({ when, value: inner }) => [`if ${when}`, short(inner)]));
    default:
      return shortData(value.value);
  }
}

function shortData(data: Data): unknown {
  if (typeof data !== 'object' || data === null) return data;
  switch (data.type) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(data.text);
    case 'bigint':
      return BigInt(data.text);
    case 'array':
      return [...data.items.map(short), ...(data.rest ? [`<more: ${data.rest.why}>`] : [])];
    case 'object': {
      const entries = Object.entries(data.entries).map(([key, { value }]) => [key, short(value)]);
      return Object.fromEntries(data.rest ? [...entries, ['<more>', data.rest.why]] : entries);
    }
    case 'function':
      return '<function>';
    case 'regexp':
      return `</${data.source}/${data.flags}>`;
    default:
      return `<${data.of}>`;
  }
}
