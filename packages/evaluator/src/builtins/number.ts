import type { Builtin } from '../machine/builtin.ts';
import type { Primitive } from '../machine/values.ts';
import { pureMethod, table } from './define.ts';

function onNumber(name: 'toFixed' | 'toPrecision' | 'toExponential' | 'toString', length: number): Builtin {
  return pureMethod(name, length, 'string', (self, [argument]: readonly Primitive[]) => {
    if (typeof self !== 'number' && typeof self !== 'bigint')
      throw new TypeError(`Number.prototype.${name} requires that 'this' be a Number`);
    if (name === 'toString')
      return argument === undefined ? self.toString() : self.toString(Number(argument));
    return argument === undefined ? Number(self)[name]() : Number(self)[name](Number(argument));
  });
}

export const NUMBER_PROTOTYPE = table([
  onNumber('toFixed', 1),
  onNumber('toPrecision', 1),
  onNumber('toExponential', 1),
  onNumber('toString', 1),
  pureMethod('valueOf', 0, 'number', (self) => self),
]);
