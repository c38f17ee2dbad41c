import type { Builtin, Call } from '../machine/builtin.ts';
import { prim, ref } from '../machine/values.ts';
import type { Val } from '../machine/values.ts';
import { iterate } from '../syntax/iteration.ts';
import { argument, method, table } from './define.ts';

export const FUNCTION_PROTOTYPE = table([
  method('call', 1, (call) => call.machine.call(call.self, argument(call, 0), call.args.slice(1), call.site)),
  method('apply', 2, (call) => {
    const { machine, site } = call;
    const list = argument(call, 1);
    if (list.kind === 'prim' && (list.value === undefined || list.value === null))
      return machine.call(call.self, argument(call, 0), [], site);
    return iterate(machine, list, site, (items) =>
      machine.call(call.self, argument(call, 0), [...items.list, ...(items.rest ? [items.rest] : [])], site),
    );
  }),
  method('bind', 1, ({ machine, self, args, site }) => {
    const trace = machine.realm.traceAt(site);
    const obj = machine.heap.make('Function', machine.realm.prototype('Function'));
    obj.code = { kind: 'bound', target: self, self: args[0] ?? prim(undefined, trace), args: args.slice(1) };
    obj.slots.name = `bound ${self.kind === 'ref' ? (self.obj.slots.name ?? '') : ''}`;
    return ref(obj, trace);
  }),
  method('toString', 0, (call) =>
    call.machine.eachPlain(call.self, (leaf) => {
      const code = leaf.kind === 'ref' ? leaf.obj.code : null;
      const trace = call.machine.realm.traceAt(call.site);
      if (code?.kind === 'closure' && code.scope.frame.file.parsed.language === 'js') {
        const node =
          code.node.type === 'ConstructorStub' ? code.node.node : code.of ? code.of.node : code.node;
        if (!code.home) return prim(code.scope.frame.file.parsed.text.slice(node.start, node.end), trace);
      }
      return call.machine.symbols.fresh(
        { words: 'the text of a function', why: 'is the text of a function', type: 'string', nullish: false },
        trace,
      );
    }),
  ),
]);

/** Code made of text is not followed. */
function construct({ machine, site }: Call): Val {
  return machine.symbols.fresh(
    {
      words: 'new Function()',
      why: 'is a function made of text, which is not followed',
      type: 'function',
      nullish: false,
    },
    machine.realm.traceAt(site),
  );
}

export const FUNCTION: Builtin = {
  name: 'Function',
  length: 1,
  call: construct,
  construct,
  prototype: 'Function',
};
