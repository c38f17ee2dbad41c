import type { Builtin, Call } from '../machine/builtin.ts';
import { eachKey } from '../machine/convert.ts';

import { prim } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { truth } from '../syntax/operators.ts';
import { argument, method, table } from './define.ts';
import {
  asking,
  closing,
  create,
  defineProperties,
  defineProperty,
  getPrototypeOf,
  setPrototypeOf,
} from './object-attributes.ts';
import { assign, fromEntries, getOwnPropertyNames, listing, unknown } from './object-keys.ts';

const is = method('is', 2, (call) =>
  call.machine.eachOf([argument(call, 0), argument(call, 1)], ([a, b]) => {
    const trace = call.machine.realm.traceAt(call.site);
    if (a!.kind === 'sym' || b!.kind === 'sym')
      return unknown(call, a!.kind === 'sym' ? a! : b!, 'Object.is()', 'boolean');
    if (a!.kind === 'ref' || b!.kind === 'ref')
      return prim(a!.kind === 'ref' && b!.kind === 'ref' && a!.obj === b!.obj, trace);
    return prim(Object.is(a!.value, b!.value), trace);
  }),
);

function hasOwn(call: Call, self: Val, key: Val): Val {
  const { machine, site } = call;
  return machine.eachPlain(self, (leaf) =>
    eachKey(machine, key, site, (name) => {
      if (leaf.kind === 'sym' || name === null) return unknown(call, leaf, 'hasOwn()', 'boolean');
      if (leaf.kind === 'prim') {
        if (leaf.value === undefined || leaf.value === null)
          return machine.throwError('TypeError', 'Cannot convert undefined or null to object', site);
        const isUnit =
          typeof leaf.value === 'string' &&
          (name === 'length' || (/^(?:0|[1-9]\d*)$/.test(name) && Number(name) < leaf.value.length));
        return prim(isUnit, machine.realm.traceAt(site));
      }
      if (leaf.obj.volatile || leaf.obj.rest || leaf.obj.cls === 'Env') {
        const isThere = !leaf.obj.volatile && leaf.obj.props.get(name)?.value.kind === 'prim';
        return isThere
          ? prim(true, machine.realm.traceAt(site))
          : unknown(call, leaf, `${name} in an object`, 'boolean');
      }
      return truth(machine, machine.heap.hasOwn(leaf.obj, name), false, site);
    }),
  );
}

export const OBJECT: Builtin = {
  name: 'Object',
  length: 1,
  call: (call) => toObject(call),
  construct: (call) => toObject(call),
  prototype: 'Object',
  statics: table([
    listing('keys'),
    listing('values'),
    listing('entries'),
    fromEntries,
    assign,
    closing('freeze'),
    closing('seal'),
    closing('preventExtensions'),
    asking('isFrozen'),
    asking('isSealed'),
    asking('isExtensible'),
    is,
    method('hasOwn', 2, (call) => hasOwn(call, argument(call, 0), argument(call, 1))),
    create,
    defineProperty,
    defineProperties,
    getPrototypeOf,
    setPrototypeOf,
    getOwnPropertyNames,
  ]),
};

function toObject(call: Call): Val {
  return call.machine.eachPlain(argument(call, 0), (leaf) => {
    if (leaf.kind === 'ref') return leaf;
    if (leaf.kind === 'prim' && (leaf.value === undefined || leaf.value === null))
      return call.machine.heap.object(call.machine.realm.traceAt(call.site));
    return unknown(call, leaf, 'Object()', 'object');
  });
}

const TAGS: Readonly<Record<string, string>> = {
  Array: 'Array',
  Function: 'Function',
  RegExp: 'RegExp',
  Error: 'Error',
  Date: 'Date',
};

export const OBJECT_PROTOTYPE = table([
  method('hasOwnProperty', 1, (call) => hasOwn(call, call.self, argument(call, 0))),
  method('isPrototypeOf', 1, (call) =>
    call.machine.eachOf([call.self, argument(call, 0)], ([self, other]) => {
      let isFound = false;
      if (self!.kind === 'ref' && other!.kind === 'ref')
        for (let at = other!.obj.proto; at; at = at.proto) isFound ||= at === self!.obj;
      return prim(isFound, call.machine.realm.traceAt(call.site));
    }),
  ),
  method('propertyIsEnumerable', 1, (call) => hasOwn(call, call.self, argument(call, 0))),
  method('toString', 0, (call) =>
    call.machine.eachPlain(call.self, (leaf) => {
      if (leaf.kind === 'sym') return unknown(call, leaf, 'toString()');
      const names: Record<string, string> = {
        string: 'String',
        number: 'Number',
        boolean: 'Boolean',
        undefined: 'Undefined',
        object: 'Null',
        bigint: 'BigInt',
      };
      const name =
        leaf.kind === 'prim'
          ? names[typeof leaf.value]!
          : (TAGS[leaf.obj.cls] ??
            (leaf.obj.cls === 'Object' || leaf.obj.cls === 'Env' ? 'Object' : leaf.obj.cls));
      return prim(`[object ${name}]`, call.machine.realm.traceAt(call.site));
    }),
  ),
  method('toLocaleString', 0, (call) => unknown(call, call.self as Plain, 'toLocaleString()')),
  method('valueOf', 0, (call) => call.self),
]);
