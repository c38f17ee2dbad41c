/** JavaScript values as the evaluator would hand them over: every property with a place of its own. */
import { known } from '@bulwark/model';
import type { Data, Origin, Place, Property, Value } from '@bulwark/model';

const at = (line: number): Place => ({
  path: 'arkos.config.ts',
  line,
  column: 1,
  endLine: line,
  endColumn: 2,
});
const from: Origin = { kind: 'place', place: at(1) };

/** A value that stands for one the evaluator could not find out. */
export class Unseen {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

export function valueOf(plain: unknown): Value {
  let line = 1;
  const convert = (inner: unknown): Value => {
    if (inner instanceof Unseen) return inner.value;
    return known(dataOf(inner), from);
  };
  const dataOf = (inner: unknown): Data => {
    if (inner === undefined) return { type: 'undefined' };
    if (inner === null || ['string', 'number', 'boolean'].includes(typeof inner)) return inner as Data;
    if (typeof inner === 'function')
      return {
        type: 'function',
        name: inner.name,
        parameters: inner.length,
        isAsync: false,
        source: String(inner),
      };
    if (inner instanceof RegExp) return { type: 'regexp', source: inner.source, flags: inner.flags };
    if (Array.isArray(inner)) return { type: 'array', items: inner.map(convert) };
    const entries: [string, Property][] = Object.entries(inner as object).map(([key, value]) => {
      line += 1;
      return [key, { place: at(line), value: convert(value) }];
    });
    return { type: 'object', entries: Object.fromEntries(entries) };
  };
  return convert(plain);
}

/** `process.env.NAME` where nothing is known of NAME: unset, or some text. */
export function eitherUnsetOr(text: string, variable: string): Unseen {
  const origin: Origin = { kind: 'env', variable, place: at(1) };
  return new Unseen({
    kind: 'unknown',
    why: `depends on the environment variable ${variable}`,
    from: origin,
    variables: [variable],
    outcomes: [
      { when: `${variable} is unset`, value: known({ type: 'undefined' }, origin) },
      { when: `${variable} is set`, value: known(text, origin) },
    ],
  });
}
