import type { Builtin, Call } from '../machine/builtin.ts';
import { ref } from '../machine/values.ts';
import type { Val } from '../machine/values.ts';
import { argument, method, nothing, table } from './define.ts';
import type { GlobalDefinition } from './define.ts';

/** Printing changes nothing. */
const PRINTERS = [
  'log',
  'info',
  'warn',
  'error',
  'debug',
  'trace',
  'table',
  'group',
  'groupEnd',
  'dir',
  'assert',
  'time',
  'timeEnd',
];

export const CONSOLE: GlobalDefinition = {
  kind: 'object',
  members: table(PRINTERS.map((name) => method(name, 0, nothing))),
  constants: {},
  isOpen: true,
};

function now({ machine, site }: Call): Val {
  return machine.symbols.fresh(
    { words: 'the time', why: 'depends on the time', type: 'any', nullish: false },
    machine.realm.traceAt(site),
  );
}

const makeDate = (call: Call): Val => {
  const obj = call.machine.heap.make('Date', call.machine.realm.prototype('Date'));
  return ref(obj, call.machine.realm.traceAt(call.site));
};

const DATE_METHODS = [
  'getTime',
  'getFullYear',
  'getMonth',
  'getDate',
  'getDay',
  'getHours',
  'getMinutes',
  'getSeconds',
  'getMilliseconds',
  'toISOString',
  'toJSON',
  'toString',
  'valueOf',
  'getUTCFullYear',
  'toLocaleDateString',
  'toLocaleString',
  'getTimezoneOffset',
] as const;

/** Dates are known to be dates, no more: they depend on the clock and the time zone. */
export const DATE_PROTOTYPE = table(DATE_METHODS.map((name) => method(name, 0, now)));

export const DATE: Builtin = {
  name: 'Date',
  length: 7,
  call: now,
  construct: makeDate,
  prototype: 'Date',
  statics: table([method('now', 0, now), method('parse', 1, now), method('UTC', 7, now)]),
};

const WELL_KNOWN = [
  'iterator',
  'asyncIterator',
  'hasInstance',
  'toPrimitive',
  'toStringTag',
  'species',
] as const;

let nextSymbol = 0;

function symbol(call: Call, name: string): Val {
  const obj = call.machine.heap.make('Symbol', null);
  obj.slots.name = name;
  obj.frozen = true;
  return ref(obj, call.machine.realm.traceAt(call.site));
}

/** A symbol as a key begins with NUL, so it is never listed. */
export const SYMBOL: Builtin = {
  name: 'Symbol',
  length: 0,
  call: (call) => {
    nextSymbol += 1;
    return symbol(call, `\0@@own ${nextSymbol}`);
  },
  statics: table([
    method('for', 1, (call) =>
      call.machine.eachPlain(argument(call, 0), (leaf) =>
        leaf.kind === 'prim'
          ? symbol(call, `\0@@for ${String(leaf.value)}`)
          : call.machine.symbols.fresh(
              { words: 'a symbol', why: 'is a symbol with an unknown name', nullish: false },
              call.machine.realm.traceAt(call.site),
            ),
      ),
    ),
  ]),
  symbols: WELL_KNOWN,
};
