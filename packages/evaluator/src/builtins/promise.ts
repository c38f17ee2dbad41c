import type { Builtin, Call } from '../machine/builtin.ts';
import { NEVER } from '../conditions/conditions.ts';
import type { Exit } from '../machine/scope.ts';
import { prim } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { iterate } from '../syntax/iteration.ts';
import { argument, method, table } from './define.ts';

/** A promise that is not followed: what it gives is unknown, and what its callbacks may write is forgotten. */
function unfollowed(call: Call, why: string): Val {
  for (const arg of call.args) call.machine.realm.escape(arg, call.site, why);
  return call.machine.symbols.fresh(
    { words: 'a promise', why, nullish: false, type: 'any' },
    call.machine.realm.traceAt(call.site),
  );
}

const LATER = 'is settled later than the code that follows';

/** Callbacks run later than what follows, unless the promise they make is awaited on the spot. */
function then(name: 'then' | 'catch' | 'finally'): Builtin {
  return method(name, name === 'then' ? 2 : 1, (call) => {
    const { machine, site } = call;
    const isAwaited = machine.awaited;
    machine.awaited = false;
    if (!isAwaited) return unfollowed(call, LATER);
    return machine.eachPlain(call.self, (leaf) => {
      const settled = leaf.kind === 'ref' ? leaf.obj.slots.settled : undefined;
      if (!settled) return unfollowed(call, LATER);
      const { value, rejected } = settled;
      const handler = argument(call, name === 'then' && rejected ? 1 : 0);
      const isHandler = handler.kind === 'ref' && handler.obj.code !== null;
      if (!isHandler || (name === 'catch' && !rejected)) return leaf;
      const inner = rejected ? value : machine.eachPlain(value, (one) => machine.realm.awaited(one, site));
      return caught(call, () => {
        const result = machine.call(
          handler,
          prim(undefined, machine.realm.traceAt(site)),
          name === 'finally' ? [] : [inner],
          site,
        );
        const done = machine.eachPlain(result, (one) => machine.realm.awaited(one, site));
        return name === 'finally' ? (rejected ? machine.throwValue(value, null) : inner) : done;
      });
    });
  });
}

function caught(call: Call, work: () => Val): Val {
  const { machine, site } = call;
  const exit: Exit = { kind: 'throw', labels: [], records: [], frame: null };
  machine.exits.push(exit);
  let value: Val | null;
  try {
    value = machine.attempt(work);
  } finally {
    machine.exits.splice(machine.exits.lastIndexOf(exit), 1);
  }
  return machine.realm.settledPromise(machine.pc === NEVER ? null : value, exit, site);
}

const resolve = method('resolve', 1, (call) => {
  const value = argument(call, 0);
  if (value.kind === 'ref' && value.obj.cls === 'Promise') return value;
  return call.machine.realm.promise(value, false, call.site);
});

const reject = method('reject', 1, (call) => call.machine.realm.promise(argument(call, 0), true, call.site));

const all = method('all', 1, (call) => {
  const { machine, site } = call;
  machine.awaited = false;
  return caught(call, () =>
    iterate(machine, argument(call, 0), site, (items) => {
      const list = items.list.map((item) =>
        machine.eachPlain(item, (leaf: Plain) => machine.realm.awaited(leaf, site)),
      );
      return machine.heap.array(list, machine.realm.traceAt(site), items.rest);
    }),
  );
});

export const PROMISE: Builtin = {
  name: 'Promise',
  length: 1,
  call: ({ machine, site }) =>
    machine.throwError('TypeError', "Promise constructor cannot be invoked without 'new'", site),
  construct: (call) => unfollowed(call, 'is a promise that code settles, which is not followed'),
  prototype: 'Promise',
  statics: table([
    resolve,
    reject,
    all,
    ...['allSettled', 'race', 'any'].map((name) =>
      method(name, 1, (call) => unfollowed(call, `comes from Promise.${name}(), which is not followed`)),
    ),
  ]),
};

export const PROMISE_PROTOTYPE = table([then('then'), then('catch'), then('finally')]);
