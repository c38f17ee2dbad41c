import type { Builtin, Call } from '../machine/builtin.ts';
import { toText } from '../machine/convert.ts';
import { getMember } from '../machine/members.ts';
import { prim } from '../machine/values.ts';
import type { Val } from '../machine/values.ts';
import { argument, method, table } from './define.ts';

function errorClass(name: string): Builtin {
  const make = (call: Call): Val => {
    const { machine, site } = call;
    const error = machine.realm.makeError(name, '', site);
    error.obj.props.delete('message');
    machine.eachPlain(argument(call, 0), (message) => {
      if (message.kind !== 'prim' || message.value !== undefined)
        machine.heap.define(error.obj, 'message', toText(machine, message, site), { enumerable: false });
      return message;
    });
    machine.eachPlain(argument(call, 1), (options) => {
      if (options.kind === 'ref' && options.obj.props.has('cause'))
        machine.heap.define(error.obj, 'cause', getMember(machine, options, 'cause', site), {
          enumerable: false,
        });
      return options;
    });
    const stack = machine.symbols.fresh(
      { words: 'a stack trace', why: 'is a stack trace', type: 'string', nullish: false },
      machine.realm.traceAt(site),
    );
    machine.heap.define(error.obj, 'stack', stack, { enumerable: false });
    return error;
  };
  return {
    name,
    length: 1,
    call: make,
    construct: make,
    prototype: name,
    statics: table([
      method('captureStackTrace', 1, (call) => prim(undefined, call.machine.realm.traceAt(call.site))),
    ]),
  };
}

export const ERRORS: readonly Builtin[] = [
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
].map(errorClass);

export const ERROR_PROTOTYPE = table([
  method('toString', 0, (call) => {
    const { machine, site } = call;
    return machine.eachPlain(call.self, (leaf) =>
      machine.eachOf(
        [
          toText(machine, getMember(machine, leaf, 'name', site), site),
          toText(machine, getMember(machine, leaf, 'message', site), site),
        ],
        ([name, message]) => {
          if (name!.kind !== 'prim' || message!.kind !== 'prim') return message!;
          const both = [name!.value, message!.value].map(String).filter((text) => text !== '');
          return prim(both.join(': '), machine.realm.traceAt(site));
        },
      ),
    );
  }),
]);
