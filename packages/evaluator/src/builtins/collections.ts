/** `Map` and `Set` whose keys are known. */
import type { Builtin, Call } from '../machine/builtin.ts';
import { getMember } from '../machine/members.ts';
import type { Obj } from '../machine/objects.ts';
import { HOLE, prim, ref } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { iterate } from '../syntax/iteration.ts';
import { argument, method, nothing, table } from './define.ts';

type Entries = NonNullable<Obj['slots']['entries']>;

/** What tells keys apart: the object itself, or the primitive (`Map` treats -0 as 0 and NaN as itself). */
function identity(leaf: Plain): unknown {
  if (leaf.kind === 'ref') return leaf.obj;
  return leaf.kind === 'prim' ? leaf.value : undefined;
}

/** Runs `use` on the entries, or gives up where they cannot be known. */
function onEntries(call: Call, name: string, use: (entries: Entries, obj: Obj) => Val): Val {
  const { machine, self, site } = call;
  return machine.eachPlain(self, (leaf) => {
    const obj = leaf.kind === 'ref' ? leaf.obj : null;
    const entries = obj?.slots.entries;
    if (!obj || !entries || obj.volatile || obj.rest) {
      for (const arg of call.args) machine.realm.escape(arg, site, `was given to ${name}()`);
      const from = obj ? machine.heap.uncertain(obj) : null;
      return machine.symbols.fresh(
        { words: `${name}()`, why: from?.base.why ?? 'depends on a collection that is not known' },
        machine.realm.traceAt(site),
      );
    }
    return use(entries, obj);
  });
}

/** A write under a condition would need two collections: it gives up instead. */
function mayWrite(call: Call, obj: Obj): boolean {
  const { machine } = call;
  if (machine.conditions.implies(obj.birth, machine.pc)) return true;
  machine.heap.havoc(obj, 'is changed under a condition');
  return false;
}

function write(call: Call, obj: Obj, change: (entries: Entries) => void): void {
  call.machine.heap.touch(obj);
  const before = obj.slots.entries!;
  const entries = new Map(before);
  change(entries);
  if (call.machine.journal) call.machine.undo(obj, () => void (obj.slots.entries = before));
  obj.slots.entries = entries;
  call.machine.step(1 + (entries.size >> 4));
}

function put(call: Call, obj: Obj, key: Val, value: Val): void {
  call.machine.eachPlain(key, (leaf) => {
    if (leaf.kind === 'sym') call.machine.heap.havoc(obj, 'has a key that is not known', leaf.base.variables);
    else if (mayWrite(call, obj)) {
      const normal = leaf.kind === 'prim' && Object.is(leaf.value, -0) ? prim(0, leaf.trace) : leaf;
      const known = obj.slots.entries!.get(identity(normal));
      write(call, obj, (entries) => entries.set(identity(normal), { key: known?.key ?? normal, value }));
    }
    return HOLE;
  });
}

function construct(cls: 'Map' | 'Set'): (call: Call) => Val {
  return (call) => {
    const { machine, site } = call;
    const obj = machine.heap.make(cls, machine.realm.prototype(cls));
    obj.slots.entries = new Map();
    const made = ref(obj, machine.realm.traceAt(site));
    const source = argument(call, 0);
    if (source.kind === 'prim' && (source.value === undefined || source.value === null)) return made;
    iterate(machine, source, site, (items) => {
      if (items.rest) machine.heap.havoc(obj, items.rest.base.why, items.rest.base.variables);
      for (const item of items.list) {
        if (cls === 'Set') put(call, obj, item, item);
        else
          machine.eachPlain(item, (entry) => {
            if (entry.kind === 'prim')
              return machine.throwError('TypeError', 'Iterator value is not an entry object', site);
            put(call, obj, getMember(machine, entry, '0', site), getMember(machine, entry, '1', site));
            return HOLE;
          });
      }
      return HOLE;
    });
    return made;
  };
}

function collection(name: 'Map' | 'Set'): Builtin {
  return {
    name,
    length: 0,
    call: ({ machine, site }) => machine.throwError('TypeError', `Constructor ${name} requires 'new'`, site),
    construct: construct(name),
    prototype: name,
  };
}

export const MAP = collection('Map');
export const SET = collection('Set');

const has = method('has', 1, (call) =>
  onEntries(call, 'has', (entries) =>
    call.machine.eachPlain(argument(call, 0), (key) => {
      if (key.kind === 'sym')
        return call.machine.symbols.fresh(
          { words: 'has()', why: key.base.why, variables: key.base.variables, type: 'boolean' },
          call.machine.realm.traceAt(call.site),
        );
      return prim(entries.has(identity(key)), call.machine.realm.traceAt(call.site));
    }),
  ),
);

const get = method('get', 1, (call) =>
  onEntries(call, 'get', (entries) =>
    call.machine.eachPlain(argument(call, 0), (key) => {
      if (key.kind === 'sym')
        return call.machine.symbols.fresh(
          { words: 'get()', why: key.base.why, variables: key.base.variables },
          call.machine.realm.traceAt(call.site),
        );
      return entries.get(identity(key))?.value ?? nothing(call);
    }),
  ),
);

const remove = method('delete', 1, (call) =>
  onEntries(call, 'delete', (entries, obj) =>
    call.machine.eachPlain(argument(call, 0), (key) => {
      if (key.kind === 'sym') call.machine.heap.havoc(obj, 'lost a key that is not known');
      else if (mayWrite(call, obj)) write(call, obj, (own) => own.delete(identity(key)));
      return prim(entries.has(identity(key)), call.machine.realm.traceAt(call.site));
    }),
  ),
);

const clear = method('clear', 0, (call) =>
  onEntries(call, 'clear', (_entries, obj) => {
    if (mayWrite(call, obj)) write(call, obj, (own) => own.clear());
    return nothing(call);
  }),
);

const forEach = method('forEach', 1, (call) =>
  onEntries(call, 'forEach', (entries, obj) => {
    const self = ref(obj, call.machine.realm.traceAt(call.site));
    for (const { key, value } of entries.values())
      call.machine.call(argument(call, 0), argument(call, 1), [value, key, self], call.site);
    return nothing(call);
  }),
);

function iterating(name: 'keys' | 'values' | 'entries'): Builtin {
  return method(name, 0, (call) =>
    onEntries(call, name, (entries) => {
      const trace = call.machine.realm.traceAt(call.site);
      const list = [...entries.values()].map(({ key, value }): Val => {
        if (name === 'entries') return call.machine.heap.array([key, value], trace);
        return name === 'keys' ? key : value;
      });
      const obj = call.machine.heap.make('Iterator', call.machine.realm.prototype('Object'));
      obj.slots.queue = { items: { kind: 'items', list, rest: null }, at: 0 };
      return ref(obj, trace);
    }),
  );
}

const shared = [has, remove, clear, forEach, iterating('keys'), iterating('values'), iterating('entries')];

/** `size` is read as a property: see `sizeOf`. */
export const MAP_PROTOTYPE = table([
  ...shared,
  get,
  method('set', 2, (call) =>
    onEntries(call, 'set', (_entries, obj) => {
      put(call, obj, argument(call, 0), argument(call, 1));
      return call.self;
    }),
  ),
]);

export const SET_PROTOTYPE = table([
  ...shared,
  method('add', 1, (call) =>
    onEntries(call, 'add', (_entries, obj) => {
      put(call, obj, argument(call, 0), argument(call, 0));
      return call.self;
    }),
  ),
]);
