/** `String`, `Number`, `Boolean`, `BigInt`: conversions, and what hangs on them. */
import type { Builtin } from '../machine/builtin.ts';
import { compute, lift, toText } from '../machine/convert.ts';
import { iterate } from '../syntax/iteration.ts';
import { getMember } from '../machine/members.ts';
import { prim } from '../machine/values.ts';
import type { Primitive, Val } from '../machine/values.ts';
import { argument, method, pure, pureMethod, table } from './define.ts';

const NUMBER_TESTS = ['isInteger', 'isFinite', 'isNaN', 'isSafeInteger'] as const;

const numberTests = NUMBER_TESTS.map((name) =>
  method(name, 1, (call) =>
    call.machine.eachPlain(argument(call, 0), (leaf) => {
      if (leaf.kind === 'ref') return prim(false, call.machine.realm.traceAt(call.site));
      return lift(call.machine, [leaf], call.site, {
        name: `Number.${name}`,
        type: 'boolean',
        words: ([input]) => `Number.${name}(${input})`,
        apply: ([value]) => Number[name](value as number),
      });
    }),
  ),
);

export const PARSERS: readonly Builtin[] = [
  pure('parseInt', 2, 'number', ([text, radix]) => Number.parseInt(String(text), radix as number), 'string'),
  pure('parseFloat', 1, 'number', ([text]) => Number.parseFloat(String(text)), 'string'),
];

/** `new Number(x)` makes an object, which configurations have no use for: it is left unknown. */
function boxed(name: string, convert: Builtin['call'], rest: Partial<Builtin>): Builtin {
  return {
    name,
    length: 1,
    call: convert,
    construct: ({ machine, site }) =>
      machine.symbols.fresh(
        { words: `new ${name}()`, why: 'is an object around a primitive', type: 'object', nullish: false },
        machine.realm.traceAt(site),
      ),
    prototype: name,
    ...rest,
  };
}

const NUMBER = boxed(
  'Number',
  (call) => {
    if (call.args.length === 0) return prim(0, call.machine.realm.traceAt(call.site));
    return lift(call.machine, [call.args[0]!], call.site, {
      name: 'Number',
      type: 'number',
      hint: 'number',
      words: ([input]) => `Number(${input})`,
      apply: ([value]) => Number(value),
    });
  },
  {
    statics: table([...numberTests, ...PARSERS]),
    constants: {
      MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
      MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
      MAX_VALUE: Number.MAX_VALUE,
      MIN_VALUE: Number.MIN_VALUE,
      EPSILON: Number.EPSILON,
      POSITIVE_INFINITY: Number.POSITIVE_INFINITY,
      NEGATIVE_INFINITY: Number.NEGATIVE_INFINITY,
      NaN: Number.NaN,
    },
  },
);

const raw = method('raw', 1, (call) => {
  const { machine, site } = call;
  return machine.eachPlain(argument(call, 0), (strings) => {
    const texts = getMember(machine, strings, 'raw', site);
    return iterate(machine, texts, site, (items) => {
      const parts = items.list.flatMap((text, index): Val[] => {
        const next = call.args[index + 1];
        return next && index + 1 < items.list.length ? [text, next] : [text];
      });
      return lift(machine, parts, site, {
        name: 'String.raw',
        type: 'string',
        hint: 'string',
        words: () => 'String.raw(...)',
        apply: (values) => values.map(String).join(''),
      });
    });
  });
});

const STRING = boxed(
  'String',
  (call) =>
    call.args.length === 0
      ? prim('', call.machine.realm.traceAt(call.site))
      : toText(call.machine, call.args[0]!, call.site),
  {
    statics: table([
      pure('fromCharCode', 1, 'string', (codes) => String.fromCharCode(...(codes as number[]).map(Number))),
      pure('fromCodePoint', 1, 'string', (codes) => String.fromCodePoint(...(codes as number[]).map(Number))),
      raw,
    ]),
  },
);

const BOOLEAN = boxed(
  'Boolean',
  (call) =>
    call.machine.eachPlain(argument(call, 0), (leaf) => {
      const trace = call.machine.realm.traceAt(call.site);
      return call.machine.conditions.choose(
        call.machine.symbols.truthy(leaf),
        prim(true, trace),
        prim(false, trace),
      );
    }),
  {},
);

const BIGINT = boxed(
  'BigInt',
  (call) =>
    call.machine.eachPlain(argument(call, 0), (leaf) => {
      if (leaf.kind !== 'prim')
        return call.machine.symbols.fresh(
          { words: 'BigInt()', why: 'depends on something unknown', type: 'bigint', nullish: false },
          call.machine.realm.traceAt(call.site),
        );
      return compute(call.machine, call.site, () => BigInt(leaf.value as string | number));
    }),
  { construct: undefined as never },
);

export const BOXES: readonly Builtin[] = [NUMBER, STRING, BOOLEAN, BIGINT];

const plainText = (name: string, type: 'boolean' | 'bigint'): Builtin[] => [
  pureMethod('toString', 0, 'string', (self: Primitive) => String(self)),
  pureMethod('valueOf', 0, type, (self: Primitive) => self),
  ...(name === 'BigInt'
    ? [pureMethod('toLocaleString', 0, 'string', (self: Primitive) => String(self))]
    : []),
];

export const BOXED_PROTOTYPES: readonly (readonly [string, ReadonlyMap<string, Builtin>])[] = [
  ['Boolean', table(plainText('Boolean', 'boolean'))],
  ['BigInt', table(plainText('BigInt', 'bigint'))],
];
