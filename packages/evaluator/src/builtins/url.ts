import type { Builtin, Call } from '../machine/builtin.ts';
import { toText, wordsOf } from '../machine/convert.ts';
import { prim, ref } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { argument, method, table } from './define.ts';

function unknownUrl(call: Call, leaves: readonly Plain[]): Val {
  const input = leaves.find((leaf) => leaf.kind === 'sym') ?? leaves[0]!;
  return call.machine.symbols.derive(
    'new URL',
    leaves,
    { type: 'object', nullish: false, words: `new URL(${wordsOf(input)})` },
    call.machine.realm.traceAt(call.site),
  );
}

function construct(call: Call): Val {
  const { machine, site } = call;
  const base = argument(call, 1);
  const inputs = [
    toText(machine, argument(call, 0), site),
    base.kind === 'prim' && base.value === undefined ? base : toText(machine, base, site),
  ];
  return machine.eachOf(inputs, (leaves) => {
    const [text, from] = leaves;
    if (text!.kind !== 'prim' || from!.kind !== 'prim') return unknownUrl(call, leaves);
    let url: URL;
    try {
      url = new URL(String(text!.value), from!.value === undefined ? undefined : String(from!.value));
    } catch {
      return machine.throwError('TypeError', 'Invalid URL', site);
    }
    const obj = machine.heap.make('URL', machine.realm.prototype('URL'));
    obj.slots.url = url;
    return ref(obj, machine.realm.traceAt(site));
  });
}

function text(name: 'toString' | 'toJSON'): Builtin {
  return method(name, 0, (call) =>
    call.machine.eachPlain(call.self, (leaf) => {
      const url = leaf.kind === 'ref' && !leaf.obj.volatile ? leaf.obj.slots.url : undefined;
      const trace = call.machine.realm.traceAt(call.site);
      return url
        ? prim(url.href, trace)
        : call.machine.symbols.fresh(
            { words: 'a URL', why: 'is a URL that is not known', type: 'string', nullish: false },
            trace,
          );
    }),
  );
}

export const URL_PROTOTYPE = table([text('toString'), text('toJSON')]);

export const URL_CLASS: Builtin = {
  name: 'URL',
  length: 1,
  call: ({ machine, site }) =>
    machine.throwError('TypeError', "Class constructor URL cannot be invoked without 'new'", site),
  construct,
  prototype: 'URL',
};

function constructSearch(call: Call): Val {
  const { machine, site } = call;
  return machine.eachPlain(argument(call, 0), (leaf) => {
    const trace = machine.realm.traceAt(site);
    if (leaf.kind !== 'prim')
      return machine.symbols.fresh(
        {
          words: 'new URLSearchParams()',
          why: leaf.kind === 'sym' ? leaf.base.why : 'is made of an object, which is not followed',
          type: 'object',
          nullish: false,
        },
        trace,
      );
    const obj = machine.heap.make('URLSearchParams', machine.realm.prototype('URLSearchParams'));
    obj.slots.search = new URLSearchParams(leaf.value === undefined ? '' : String(leaf.value));
    return ref(obj, trace);
  });
}

function searching(name: 'get' | 'has' | 'getAll'): Builtin {
  return method(name, 1, (call) =>
    call.machine.eachOf([call.self, toText(call.machine, argument(call, 0), call.site)], ([self, key]) => {
      const trace = call.machine.realm.traceAt(call.site);
      const search =
        self!.kind === 'ref' && !self!.obj.volatile
          ? (self!.obj.slots.search ?? self!.obj.slots.url?.searchParams)
          : undefined;
      if (!search || key!.kind !== 'prim')
        return call.machine.symbols.fresh(
          { words: `${name}()`, why: 'reads parameters that are not known' },
          trace,
        );
      const name_ = String(key!.value);
      if (name === 'getAll')
        return call.machine.heap.array(
          search.getAll(name_).map((one) => prim(one, trace)),
          trace,
        );
      return prim(name === 'get' ? search.get(name_) : search.has(name_), trace);
    }),
  );
}

export const URL_SEARCH_PROTOTYPE = table([
  searching('get'),
  searching('has'),
  searching('getAll'),
  method('toString', 0, (call) => {
    const search =
      call.self.kind === 'ref' && !call.self.obj.volatile ? call.self.obj.slots.search : undefined;
    const trace = call.machine.realm.traceAt(call.site);
    return search
      ? prim(search.toString(), trace)
      : call.machine.symbols.fresh(
          { words: 'toString()', why: 'depends on parameters that are not known', type: 'string' },
          trace,
        );
  }),
]);

export const URL_SEARCH: Builtin = {
  name: 'URLSearchParams',
  length: 0,
  call: ({ machine, site }) =>
    machine.throwError(
      'TypeError',
      "Class constructor URLSearchParams cannot be invoked without 'new'",
      site,
    ),
  construct: constructSearch,
  prototype: 'URLSearchParams',
};
