/** Objects and their properties. Every write goes through here, so it can be made a choice or taken back. */
import { ALWAYS, NEVER } from '../conditions/conditions.ts';
import type { Cond } from '../conditions/conditions.ts';
import type { Trace } from '../source/trace.ts';
import type { Machine } from './machine.ts';
import type { Obj, ObjClass, Prop } from './objects.ts';
import type { Cell } from './scope.ts';
import { HOLE, ref } from './values.ts';
import type { Items, Ref, Sym, Val } from './values.ts';

export class Heap {
  readonly #machine: Machine;
  #epoch = 0;

  /** Grows whenever something is written that had been turned into plain data. */
  get epoch(): number {
    return this.#epoch;
  }

  /** To be called before a write. */
  touch(obj: Obj): void {
    if (obj.converted) this.#epoch += 1;
  }

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  make(cls: ObjClass, proto: Obj | null): Obj {
    return {
      cls,
      props: new Map(),
      proto,
      birth: this.#machine.pc,
      extensible: true,
      frozen: false,
      rest: null,
      volatile: null,
      unordered: false,
      items: null,
      code: null,
      slots: {},
      converted: null,
    };
  }

  object(trace: Trace): Ref {
    return ref(this.make('Object', this.#machine.realm.prototype('Object')), trace);
  }

  array(list: readonly Val[], trace: Trace, rest: Sym | null = null): Ref {
    const obj = this.make('Array', this.#machine.realm.prototype('Array'));
    obj.items = { kind: 'items', list, rest };
    this.#machine.step(list.length >> 3);
    return ref(obj, trace);
  }

  /** The value a place has after a write under the path that is being followed. */
  written(old: Val, value: Val, birth: Cond): Val {
    const { pc, conditions } = this.#machine;
    if (pc === ALWAYS || pc === birth || conditions.implies(birth, pc)) return value;
    return conditions.choose(pc, value, old);
  }

  writeCell(cell: Cell, value: Val): void {
    const old = cell.value;
    if (this.#machine.journal) this.#machine.undo(cell, () => void (cell.value = old));
    // Before its declaration ran, nothing on another path can read it.
    cell.value = old.kind === 'hole' ? value : this.written(old, value, cell.birth);
  }

  writeItems(obj: Obj, items: Items): void {
    this.touch(obj);
    const old = obj.items!;
    if (this.#machine.journal) this.#machine.undo(obj, () => void (obj.items = old));
    obj.items = this.written(old, items, obj.birth);
  }

  /** Gives an object a property, as a literal or `Object.defineProperty` does. */
  define(obj: Obj, key: string, value: Val, shape: Partial<Omit<Prop, 'value'>> = {}): void {
    const index = obj.items ? indexOf(key) : null;
    if (index !== null) {
      this.#putItem(obj, index, value);
      return;
    }
    const prop = obj.props.get(key);
    const attributes = {
      enumerable: shape.enumerable ?? true,
      writable: shape.writable ?? true,
      configurable: shape.configurable ?? true,
      place: shape.place ?? null,
    };
    if (prop && prop.value.kind !== 'hole' && differ(prop, attributes) && !this.#replaces(obj)) {
      this.havoc(obj, 'has a property whose attributes depend on a condition');
      return;
    }
    const { enumerable, writable, configurable, place } = attributes;
    const made = {
      value: this.written(prop?.value ?? HOLE, value, obj.birth),
      enumerable,
      writable,
      configurable,
      place,
    };
    this.#put(obj, key, prop, made);
  }

  /** Whether a write replaces what was there, rather than making a choice. */
  #replaces(obj: Obj): boolean {
    const { pc, conditions } = this.#machine;
    return pc === ALWAYS || pc === obj.birth || conditions.implies(obj.birth, pc);
  }

  /** Writes the value of an own data property, or makes one. */
  assign(obj: Obj, key: string, value: Val, place: Trace | null): void {
    const prop = obj.props.get(key);
    if (!prop) {
      this.define(obj, key, value, { place });
      return;
    }
    const isNew = prop.value.kind === 'hole';
    this.#put(obj, key, isNew ? undefined : prop, {
      ...prop,
      ...(isNew ? { enumerable: true, writable: true, configurable: true } : {}),
      place: place ?? prop.place,
      value: this.written(prop.value, value, obj.birth),
    });
  }

  remove(obj: Obj, key: string): void {
    const prop = obj.props.get(key);
    if (!prop) return;
    const value = this.written(prop.value, HOLE, obj.birth);
    this.#put(obj, key, prop, { ...prop, value });
    if (value.kind === 'hole') {
      if (this.#machine.journal) {
        const entries = [...obj.props];
        this.#machine.undo(obj, () => {
          obj.props.clear();
          for (const [name, old] of entries) obj.props.set(name, old);
        });
      }
      obj.props.delete(key);
    }
  }

  #put(obj: Obj, key: string, old: Prop | undefined, made: Prop): void {
    this.touch(obj);
    if (this.#machine.journal) {
      this.#machine.undo(obj, () => {
        if (old) obj.props.set(key, old);
        else obj.props.delete(key);
      });
    }
    // A key that may have been deleted comes back at the end where it was, and in place where it was not.
    if (old && old.value.kind === 'choice' && hasHole(old.value) && made.value.kind !== 'hole')
      this.set(obj, 'unordered', true);
    obj.props.set(key, made);
    this.#machine.step();
  }

  #putItem(obj: Obj, index: number, value: Val): void {
    const { budgets } = this.#machine;
    this.#machine.each(obj.items!, (items) => {
      if (items.kind !== 'items') return HOLE;
      if (index > items.list.length + 1_000 || index > budgets.size) {
        this.havoc(obj, 'is an array with very many items');
        return HOLE;
      }
      const list = [...items.list];
      while (list.length < index) list.push(HOLE);
      list[index] = value;
      this.writeItems(obj, { ...items, list });
      return HOLE;
    });
  }

  /** Sets a flag of an object so that a trial run can take it back. */
  set<K extends 'extensible' | 'frozen' | 'rest' | 'volatile' | 'unordered' | 'proto' | 'code'>(
    obj: Obj,
    key: K,
    value: Obj[K],
  ): void {
    this.touch(obj);
    const old = obj[key];
    if (this.#machine.journal) this.#machine.undo(obj, () => void (obj[key] = old));
    obj[key] = value;
  }

  /** From here on nothing read from the object is known. */
  havoc(obj: Obj, why: string, variables: readonly string[] = [], trace: Trace | null = null): void {
    if (obj.volatile) return;
    const { symbols, realm } = this.#machine;
    const sym = symbols.fresh(
      { words: 'a value that may have changed', why, variables },
      trace ?? realm.nowhere,
    );
    this.set(obj, 'volatile', sym);
  }

  /**
   * The own property as a value, an accessor or a hole. `null` if it cannot have one.
   */
  own(obj: Obj, key: string): Val {
    const { realm } = this.#machine;
    if (obj.items) {
      const index = indexOf(key);
      if (index !== null)
        return this.#machine.each(obj.items, (items) => {
          if (items.kind !== 'items') return HOLE;
          return items.rest ? this.#unknownItem(items.rest, key) : (items.list[index] ?? HOLE);
        });
      if (key === 'length') return this.#machine.each(obj.items, (items) => realm.lengthOf(items));
    }
    if (obj.slots.namespace) return obj.slots.namespace.get(key) ?? HOLE;
    const prop = obj.props.get(key);
    if (prop) return this.#machine.each(prop.value, (leaf) => leaf);
    return realm.lazyOwn(obj, key) ?? HOLE;
  }

  /** Where unknown items may be among the known ones, no position is certain. */
  #unknownItem(rest: Sym, key: string): Sym {
    return this.#machine.symbols.step(
      rest,
      { get: key },
      `[${key}]`,
      `${rest.base.words}[${key}]`,
      rest.trace,
      true,
    );
  }

  /** Whether the object has the property itself, under the path that is being followed. */
  hasOwn(obj: Obj, key: string): Cond {
    const { conditions } = this.#machine;
    let cond: Cond = NEVER;
    for (const { pc, leaf } of this.#machine.cases(this.own(obj, key))) {
      if (leaf.kind !== 'hole') cond = conditions.or(cond, pc);
    }
    return cond;
  }

  /** Whether a read of the property may give something that nobody here wrote. */
  uncertain(obj: Obj): Sym | null {
    return obj.volatile ?? obj.rest ?? (obj.items && restOf(obj.items));
  }

  /**
   * Runs `use` for each set of enumerable own keys the object can have, in their order, under its condition.
   * `null`: they cannot be listed.
   */
  eachKeys(obj: Obj, use: (keys: readonly string[] | null) => Val, all = false): Val {
    if (obj.volatile || obj.rest || obj.unordered || obj.cls === 'Env') return use(null);
    if (obj.slots.namespace) return use([...obj.slots.namespace.names()]);
    const named = (list: readonly string[]): Val =>
      this.#eachPresent(obj, [...obj.props.keys()], 0, list, use, all);
    if (!obj.items) return named([]);
    return this.#machine.each(obj.items, (items) => {
      if (items.kind !== 'items' || items.rest) return use(null);
      const keys: string[] = [];
      for (const [index, item] of items.list.entries()) if (item.kind !== 'hole') keys.push(String(index));
      return named(keys);
    });
  }

  #eachPresent(
    obj: Obj,
    keys: readonly string[],
    at: number,
    found: readonly string[],
    use: (keys: readonly string[] | null) => Val,
    all: boolean,
  ): Val {
    const list = [...found];
    for (let index = at; index < keys.length; index += 1) {
      const key = keys[index]!;
      const prop = obj.props.get(key);
      if (!prop || (!all && !prop.enumerable) || key.startsWith('\0')) continue;
      const { pc, conditions } = this.#machine;
      const present =
        prop.value.kind === 'choice' ? this.hasOwn(obj, key) : prop.value.kind === 'hole' ? NEVER : ALWAYS;
      if (present === NEVER) continue;
      if (present !== ALWAYS && !conditions.implies(pc, present)) {
        return this.#machine.branch(
          present,
          () => this.#eachPresent(obj, keys, index + 1, [...list, key], use, all),
          () => this.#eachPresent(obj, keys, index + 1, list, use, all),
        );
      }
      list.push(key);
    }
    return use(inOrder(list));
  }
}

/** Integer keys first, in their order, then the others as they were made (ECMA-262, OrdinaryOwnPropertyKeys). */
export function inOrder(keys: readonly string[]): string[] {
  const indices = keys.filter((key) => indexOf(key) !== null);
  if (indices.length === 0) return [...keys];
  return [
    ...indices.toSorted((a, b) => Number(a) - Number(b)),
    ...keys.filter((key) => indexOf(key) === null),
  ];
}

/** The array index a key is, `null` if it is none. */
export function indexOf(key: string): number | null {
  if (!/^(?:0|[1-9]\d{0,9})$/.test(key)) return null;
  const index = Number(key);
  return index < 4_294_967_295 ? index : null;
}

/** What stands for unknown items among those of an array. */
function restOf(items: Val): Sym | null {
  if (items.kind === 'choice') return restOf(items.hi) ?? restOf(items.lo);
  return items.kind === 'items' ? items.rest : null;
}

function differ(a: Omit<Prop, 'value'>, b: Omit<Prop, 'value'>): boolean {
  return a.enumerable !== b.enumerable || a.writable !== b.writable || a.configurable !== b.configurable;
}

function hasHole(val: Val): boolean {
  return val.kind === 'choice' ? hasHole(val.hi) || hasHole(val.lo) : val.kind === 'hole';
}
