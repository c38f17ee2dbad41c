import type { Builtin } from '../machine/builtin.ts';
import type { Primitive } from '../machine/values.ts';
import { method, pure, table } from './define.ts';
import type { GlobalDefinition } from './define.ts';

const FUNCTIONS = [
  'abs',
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atan2',
  'atanh',
  'cbrt',
  'ceil',
  'clz32',
  'cos',
  'cosh',
  'exp',
  'expm1',
  'floor',
  'fround',
  'hypot',
  'imul',
  'log',
  'log10',
  'log1p',
  'log2',
  'max',
  'min',
  'pow',
  'round',
  'sign',
  'sin',
  'sinh',
  'sqrt',
  'tan',
  'tanh',
  'trunc',
] as const;

const members: Builtin[] = FUNCTIONS.map((name) =>
  pure(
    name,
    Math[name].length,
    'number',
    (args) => {
      // `Math` refuses a bigint, which `Number()` would not.
      const numbers = args.map((arg: Primitive) => +(arg as number));
      return (Math[name] as (...all: number[]) => number)(...numbers);
    },
    'number',
  ),
);

const random = method('random', 0, ({ machine, site }) =>
  machine.symbols.fresh(
    { words: 'Math.random()', why: 'is random', type: 'number', nullish: false },
    machine.realm.traceAt(site),
  ),
);

export const MATH: GlobalDefinition = {
  kind: 'object',
  members: table([...members, random]),
  constants: {
    E: Math.E,
    LN10: Math.LN10,
    LN2: Math.LN2,
    LOG10E: Math.LOG10E,
    LOG2E: Math.LOG2E,
    PI: Math.PI,
    SQRT1_2: Math.SQRT1_2,
    SQRT2: Math.SQRT2,
  },
  isOpen: false,
};
