import type { Builtin } from '../machine/builtin.ts';
import { method, table } from './define.ts';
import { ARRAY_CALLBACKS } from './array-callbacks.ts';
import { ARRAY_CHANGES } from './array-changes.ts';
import { ARRAY_READS } from './array-reads.ts';
import { constructArray, fromIterable } from './array-make.ts';
import { prim } from '../machine/values.ts';

export const ARRAY_PROTOTYPE = table([...ARRAY_READS, ...ARRAY_CHANGES, ...ARRAY_CALLBACKS]);

export const ARRAY: Builtin = {
  name: 'Array',
  length: 1,
  call: constructArray,
  construct: constructArray,
  prototype: 'Array',
  statics: table([
    method('isArray', 1, ({ machine, args, site }) => {
      const trace = machine.realm.traceAt(site);
      return machine.eachPlain(args[0] ?? prim(undefined, trace), (leaf) => {
        if (leaf.kind !== 'sym') return prim(leaf.kind === 'ref' && leaf.obj.cls === 'Array', trace);
        if (leaf.base.type === 'array' && !leaf.base.nullish) return prim(true, trace);
        if (leaf.base.type !== 'any' && leaf.base.type !== 'object') return prim(false, trace);
        return machine.symbols.derive(
          'Array.isArray',
          [leaf],
          { type: 'boolean', words: `Array.isArray(${leaf.base.words})` },
          trace,
        );
      });
    }),
    method('of', 0, ({ machine, args, site }) => machine.heap.array(args, machine.realm.traceAt(site))),
    method('from', 1, fromIterable),
  ]),
};
