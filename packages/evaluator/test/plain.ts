import type { Data, Value } from '@bulwark/model';

/** A value that must be known, as the JavaScript value it is; functions, patterns and instances as tagged texts. */
export function plain(value: Value): unknown {
  if (value.kind !== 'known')
    throw new Error(`not known: ${value.kind === 'unknown' ? value.why : 'absent'}`);
  return plainData(value.value);
}

function plainData(data: Data): unknown {
  if (typeof data !== 'object' || data === null) return data;
  switch (data.type) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(data.text);
    case 'bigint':
      return BigInt(data.text);
    case 'array': {
      if (data.rest) throw new Error(`not known: ${data.rest.why}`);
      const list: unknown[] = Array.from({ length: data.items.length });
      for (const [index, item] of data.items.entries()) {
        if (item.kind === 'absent') delete list[index];
        else list[index] = plain(item);
      }
      return list;
    }
    case 'object':
      if (data.rest) throw new Error(`not known: ${data.rest.why}`);
      return Object.fromEntries(Object.entries(data.entries).map(([key, { value }]) => [key, plain(value)]));
    case 'function':
      return `function ${data.name}`;
    case 'regexp':
      return new RegExp(data.source, data.flags);
    default:
      return `instance of ${data.of}`;
  }
}
