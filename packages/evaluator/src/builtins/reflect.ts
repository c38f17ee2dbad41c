/** `Reflect`, as far as configurations use it. */
import type { Call } from '../machine/builtin.ts';
import { eachKey } from '../machine/convert.ts';
import { getMember } from '../machine/members.ts';
import type { Obj } from '../machine/objects.ts';

import type { Val } from '../machine/values.ts';
import { truth } from '../syntax/operators.ts';
import { argument, method, table } from './define.ts';
import { getPrototypeOf } from './object-attributes.ts';
import { getOwnPropertyNames, unknown } from './object-keys.ts';

const ownKeys = method('ownKeys', 1, (call) => getOwnPropertyNames.call(call));

export const REFLECT = {
  kind: 'object' as const,
  members: table([
    ownKeys,
    method('has', 2, (call) => hasIn(call)),
    method('get', 2, (call) =>
      call.machine.eachPlain(argument(call, 0), (leaf) =>
        eachKey(call.machine, argument(call, 1), call.site, (key) =>
          key === null ? unknown(call, leaf, 'Reflect.get()') : getMember(call.machine, leaf, key, call.site),
        ),
      ),
    ),
    getPrototypeOf,
  ]),
  constants: {},
  isOpen: true,
};

function hasIn(call: Call): Val {
  return call.machine.eachPlain(argument(call, 0), (leaf) =>
    eachKey(call.machine, argument(call, 1), call.site, (key) => {
      if (leaf.kind !== 'ref' || key === null) return unknown(call, leaf, 'Reflect.has()', 'boolean');
      let obj: Obj | null = leaf.obj;
      let cond = call.machine.heap.hasOwn(obj, key);
      for (; obj; obj = obj.proto) {
        if (obj.volatile || obj.rest || obj.cls === 'Env')
          return unknown(call, leaf, 'Reflect.has()', 'boolean');
        cond = call.machine.conditions.or(cond, call.machine.heap.hasOwn(obj, key));
      }
      return truth(call.machine, cond, false, call.site);
    }),
  );
}
