import { isArray, isObject, quotePath, toJson } from '@bulwark/model';
import type { Data, Origin, Value } from '@bulwark/model';

/** A value in one line, as it would be written. */
export function valueText(value: Value): string {
  if (value.kind === 'absent') return 'not set';
  if (value.kind === 'unknown') return `unknown: ${value.why}`;
  const json = toJson(value);
  return json === undefined ? dataText(value.value) : JSON.stringify(json);
}

function dataText(data: Data): string {
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  if (isArray(data)) return `[${data.items.map(valueText).join(', ')}${data.rest ? ', …' : ''}]`;
  if (isObject(data)) {
    const entries = Object.entries(data.entries).map(([key, { value }]) => `${key}: ${valueText(value)}`);
    return `{ ${[...entries, ...(data.rest ? ['…'] : [])].join(', ')} }`;
  }
  switch (data.type) {
    case 'function':
      return `function ${data.name}`.trimEnd();
    case 'regexp':
      return `/${data.source}/${data.flags}`;
    case 'instance':
      return `a ${data.of}`;
    case 'bigint':
      return `${data.text}n`;
    case 'number':
      return data.text;
    case 'undefined':
      return 'undefined';
  }
}

export function fromOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'place':
      return `${quotePath(origin.place.path)}:${origin.place.line}`;
    case 'env':
      return origin.place
        ? `${origin.variable} of ${quotePath(origin.place.path)}:${origin.place.line}`
        : `the variable ${origin.variable}`;
    case 'default':
      return `the default of ${origin.of}`;
  }
}
