import type { Data, Unknown, Value } from '@bulwark/model';
import type { Site } from './machine/builtin.ts';
import type { Machine } from './machine/machine.ts';
import { HOLE, prim, ref } from './machine/values.ts';
import type { Val } from './machine/values.ts';
import { given, written } from './source/trace.ts';
import type { Trace } from './source/trace.ts';
import type { Origins } from './to-value.ts';

/** A value made elsewhere (what a call is taught to give) as a value of the program. */
export function fromValue(machine: Machine, value: Value, site: Site, origins: Origins): Val {
  const original = origins.get(value);
  if (original) return original;
  machine.step();
  switch (value.kind) {
    case 'absent':
      return HOLE;
    case 'unknown':
      return fromUnknown(machine, value, site, origins);
    default:
      return fromData(machine, value.value, given(site, value.from, value.via ?? []), site, origins);
  }
}

function fromUnknown(machine: Machine, value: Unknown, site: Site, origins: Origins): Val {
  const trace = given(site, value.from, value.via ?? []);
  const { outcomes } = value;
  if (!outcomes) {
    return machine.symbols.fresh(
      { words: 'a value', why: value.why, variables: value.variables ?? [], foreign: value.foreign ?? null },
      trace,
    );
  }
  const [last, ...others] = outcomes.toReversed();
  let result = fromValue(machine, last!.value, site, origins);
  for (const { when, value: inner } of others) {
    const cond = machine.symbols.condition(when, `not (${when})`, value.why, value.variables ?? [], trace);
    result = machine.conditions.choose(cond, fromValue(machine, inner, site, origins), result);
  }
  return result;
}

function fromData(machine: Machine, data: Data, trace: Trace, site: Site, origins: Origins): Val {
  if (typeof data !== 'object' || data === null) return prim(data, trace);
  switch (data.type) {
    case 'undefined':
      return prim(undefined, trace);
    case 'number':
      return prim(Number(data.text), trace);
    case 'bigint':
      return prim(BigInt(data.text), trace);
    case 'array': {
      const items = data.items.map((item) => fromValue(machine, item, site, origins));
      const rest = data.rest ? fromValue(machine, data.rest, site, origins) : null;
      return machine.heap.array(items, trace, rest?.kind === 'sym' ? rest : null);
    }
    case 'object':
      return fromObject(machine, data, trace, site, origins);
    case 'regexp':
      return ref(machine.realm.makeRegExp(data.source, data.flags, site).obj, trace);
    default:
      return machine.symbols.fresh(
        {
          words: data.type === 'function' ? 'a function' : `an instance of ${data.of}`,
          why:
            data.type === 'function' ? 'is a function that is not followed' : `is an instance of ${data.of}`,
          type: data.type === 'function' ? 'function' : 'object',
          nullish: false,
        },
        trace,
      );
  }
}

function fromObject(
  machine: Machine,
  data: Extract<Data, { type: 'object' }>,
  trace: Trace,
  site: Site,
  origins: Origins,
): Val {
  const object = machine.heap.object(trace);
  if (data.rest) {
    const rest = fromValue(machine, data.rest, site, origins);
    if (rest.kind === 'sym') object.obj.rest = rest;
  }
  for (const [key, { value, place }] of Object.entries(data.entries)) {
    const made = fromValue(machine, value, site, origins);
    const at = place ? given(site, { kind: 'place', place }, []) : written(site.file, site);
    machine.heap.define(object.obj, key, made, { place: at });
  }
  object.obj.converted = { data, pc: machine.pc, epoch: machine.heap.epoch };
  return object;
}
