/** Values of the evaluation as the plain data other parts work on. */
import type {
  ArrayData,
  Data,
  FunctionData,
  Known,
  ObjectData,
  Outcome,
  Property,
  Unknown,
  Value,
} from '@bulwark/model';
import type { Atom, Cond } from './conditions/conditions.ts';
import { sameLeaf } from './conditions/conditions.ts';
import type { Machine } from './machine/machine.ts';
import { getMember } from './machine/members.ts';
import type { Closure, Obj } from './machine/objects.ts';
import { variablesOf, whyOf } from './machine/symbols.ts';
import { prim } from './machine/values.ts';
import type { Items, Leaf, Plain, Ref, Sym, Val } from './machine/values.ts';
import { dataOf, fallbackOf, holdsAccessor, keysInOrder, pathsOf, unknownOf, wordsOf } from './outcomes.ts';
import { placeIn } from './source/source-file.ts';
import { originOf, stepsOf, written } from './source/trace.ts';
import type { Trace } from './source/trace.ts';

/** Parts of one value; past it they are unknown. */
const MAX_PARTS = 20_000;
const MAX_SOURCE = 2_000;

/** Remembers which value of the program a piece of data is, so that it can come back as itself. */
export type Origins = Map<object, Val>;

export class Converter {
  readonly #machine: Machine;
  readonly #origins: Origins;
  #parts = 0;
  #inside: Obj[] = [];
  #trying = 0;

  constructor(machine: Machine, origins: Origins) {
    this.#machine = machine;
    this.#origins = origins;
  }

  convert(val: Val): Value {
    const value = this.#convert(val);
    if (val.kind === 'choice' || val.kind === 'sym' || val.kind === 'ref') this.#origins.set(value, val);
    return value;
  }

  #convert(val: Val): Value {
    this.#parts += 1;
    this.#machine.step();
    if (val.kind === 'choice') return this.#choice(val);
    return this.#leaf(this.#machine.settle(val));
  }

  #leaf(leaf: Leaf): Value {
    switch (leaf.kind) {
      case 'prim':
        return this.#known(dataOf(leaf.value), leaf.trace);
      case 'ref':
        return this.#reference(leaf);
      case 'sym':
        return unknownOf(leaf);
      default:
        return { kind: 'absent', from: originOf(this.#machine.realm.nowhere) };
    }
  }

  #known(value: Data, trace: Trace): Known {
    const via = stepsOf(trace);
    const from = originOf(trace);
    return via.length > 0 ? { kind: 'known', value, from, via } : { kind: 'known', value, from };
  }

  #reference(leaf: Ref): Value {
    const { obj, trace } = leaf;
    if (this.#inside.includes(obj)) return this.#unknown('refers to itself', trace);
    if (this.#parts > MAX_PARTS) return this.#unknown('has more parts than are followed', trace);
    if (obj.cls === 'Env') return this.#unknown('is the whole environment', trace);
    const { heap, pc, journal } = this.#machine;
    const { converted } = obj;
    if (converted?.epoch === heap.epoch && converted.pc === pc) return this.#remembered(leaf, converted.data);
    if (obj.items?.kind === 'choice' && !obj.volatile) return this.#conditionalArray(leaf, obj.items);
    this.#inside.push(obj);
    try {
      const data = this.#data(leaf);
      // What a trial run wrote is about to be taken back, and a part of a cycle is not the whole.
      if (!journal && this.#inside.length === 1) obj.converted = { data, pc, epoch: heap.epoch };
      return this.#remembered(leaf, data);
    } finally {
      this.#inside.pop();
    }
  }

  #remembered(leaf: Ref, data: Data): Known {
    const value = this.#known(data, leaf.trace);
    this.#origins.set(value, leaf);
    return value;
  }

  /** An array whose items depend on a condition is one array for each. */
  #conditionalArray(leaf: Ref, items: Val): Value {
    const paths = pathsOf(this.#machine, items);
    const convert = (at: Leaf): Value =>
      at.kind === 'items'
        ? this.#remembered(leaf, this.#items(at))
        : this.#unknown('is an array', leaf.trace);
    if (paths.length === 1) return convert(paths[0]!.leaf);
    const before = this.#machine.pc;
    const outcomes = paths.map(({ leaf: at, answers, pc }): Outcome => {
      this.#machine.pc = pc;
      const value = convert(at);
      this.#machine.pc = before;
      return { when: wordsOf([answers]), value };
    });
    const subjects = [
      ...new Set(paths.flatMap(({ answers }) => [...answers.keys()].map(({ about }) => about))),
    ];
    const syms = subjects.map((base): Sym => ({ kind: 'sym', base, trace: leaf.trace }));
    const variables = variablesOf(syms);
    return {
      ...this.#unknown(whyOf(syms), leaf.trace),
      ...(variables.length > 0 ? { variables } : {}),
      outcomes,
    };
  }

  #unknown(why: string, trace: Trace): Unknown {
    return { kind: 'unknown', why, from: originOf(trace) };
  }

  #data(leaf: Ref): Data {
    const { obj } = leaf;
    if (obj.code) return this.#function(leaf, obj);
    switch (obj.cls) {
      case 'Array':
        return this.#array(obj);
      case 'RegExp':
        return { type: 'regexp', ...obj.slots.pattern! };
      case 'Object':
      case 'Namespace':
        return this.#object(leaf);
      case 'Error':
        return { type: 'instance', of: obj.slots.name ?? 'Error' };
      default:
        return { type: 'instance', of: obj.cls };
    }
  }

  #array(obj: Obj): ArrayData {
    if (obj.volatile) return { type: 'array', items: [], rest: unknownOf(obj.volatile) };
    if (obj.items?.kind !== 'items') throw new TypeError('an array without items');
    return this.#items(obj.items);
  }

  #items({ list, rest }: Items): ArrayData {
    const items = list.map((item) => this.convert(item));
    return rest ? { type: 'array', items, rest: unknownOf(rest) } : { type: 'array', items };
  }

  #object(leaf: Ref): ObjectData {
    const { obj } = leaf;
    const entries: Record<string, Property> = {};
    const sure = obj.volatile === null;
    const names = obj.slots.namespace ? obj.slots.namespace.names() : keysInOrder(obj);
    for (const key of sure ? names : []) {
      const prop = obj.props.get(key);
      if (prop && (!prop.enumerable || prop.value.kind === 'hole')) continue;
      const value = this.#property(leaf, key);
      const place = prop?.place ? placeIn(prop.place.file, prop.place.start, prop.place.end) : undefined;
      if (value.kind === 'absent') continue;
      const property: Property = place ? { value, place } : { value };
      if (key === '__proto__')
        Object.defineProperty(entries, key, {
          value: property,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      else entries[key] = property;
    }
    const rest = obj.volatile ?? obj.rest ?? this.#inherited(obj);
    return rest ? { type: 'object', entries, rest: unknownOf(rest) } : { type: 'object', entries };
  }

  /** What a class gives its instances can be read from them, though it is not their own. */
  #inherited(obj: Obj): Sym | null {
    for (let at = obj.proto; at && at.slots.constructorName === undefined; at = at.proto) {
      if (at.volatile || at.rest) return at.volatile ?? at.rest;
      for (const [key, { value }] of at.props) {
        const isMethod = value.kind === 'ref' && value.obj.code !== null;
        if (key === 'constructor' || isMethod || value.kind === 'hole' || key.startsWith('\0')) continue;
        return this.#machine.symbols.fresh(
          { words: key, why: 'is inherited from a prototype' },
          this.#machine.realm.nowhere,
        );
      }
    }
    return null;
  }

  #property(leaf: Ref, key: string): Value {
    const slot = this.#machine.heap.own(leaf.obj, key);
    const { trace } = leaf;
    const site = { file: trace.file, start: trace.start, end: trace.end };
    const { rest } = leaf.obj;
    if (!holdsAccessor(slot) && (rest === null || slot.kind !== 'choice')) return this.convert(slot);
    // A getter runs, and what it writes is taken back; the value is read before that.
    const read = (): Value =>
      this.convert(
        this.#machine.each(slot, (one) => {
          // Where such an object does not have the key itself, what was spread into it may.
          const asks = one.kind === 'accessor' || (one.kind === 'hole' && rest !== null);
          return asks ? getMember(this.#machine, leaf, key, site) : one;
        }),
      );
    return this.#machine.trial(read, null, false) ?? this.#unknown('is a getter that may throw', trace);
  }

  #function(leaf: Ref, obj: Obj): FunctionData {
    const code = obj.code!;
    const name = obj.slots.name ?? '';
    if (code.kind !== 'closure')
      return {
        type: 'function',
        name,
        parameters: code.kind === 'builtin' ? code.builtin.length : 0,
        isAsync: false,
        source: '',
      };
    const node = code.node.type === 'ConstructorStub' ? code.node.node : code.of ? code.of.node : code.node;
    const returns = code.of ? null : this.#returns(leaf, code);
    return {
      type: 'function',
      name,
      parameters: 'params' in code.node ? code.node.params.length : 0,
      isAsync: 'async' in code.node && code.node.async,
      source: code.scope.frame.file.parsed.text.slice(node.start, node.end).slice(0, MAX_SOURCE),
      ...(returns ? { returns } : {}),
    };
  }

  /** What the function gives when called with nothing known. */
  #returns(leaf: Ref, code: Closure): Value | null {
    const { node } = code;
    if (node.type === 'ConstructorStub' || this.#trying >= 2 || this.#parts > 2_000) return null;
    this.#trying += 1;
    try {
      return this.#machine.trial(() => {
        const site = { file: code.scope.frame.file, start: node.start, end: node.end };
        const args = node.params.map((param) => {
          const words = param.type === 'Identifier' ? param.name : 'an argument';
          return this.#machine.symbols.fresh(
            { words, why: `depends on the argument ${words}` },
            written(site.file, param),
          );
        });
        return this.convert(this.#machine.call(leaf, prim(undefined, leaf.trace), args, site));
      });
    } finally {
      this.#trying -= 1;
    }
  }

  #choice(val: Val): Value {
    const paths = pathsOf(this.#machine, val);
    if (paths.length === 1) return this.#leaf(paths[0]!.leaf);
    const groups: { leaf: Leaf; answers: ReadonlyMap<Atom, boolean>[]; pc: Cond }[] = [];
    for (const { leaf, answers, pc } of paths) {
      const group = groups.find((one) => sameLeaf(one.leaf, leaf));
      if (group) {
        group.answers.push(answers);
        group.pc = this.#machine.conditions.or(group.pc, pc);
      } else groups.push({ leaf, answers: [answers], pc });
    }
    if (groups.length === 1) return this.#leaf(groups[0]!.leaf);
    const before = this.#machine.pc;
    const outcomes = groups.map(({ leaf, answers, pc }): Outcome => {
      this.#machine.pc = pc;
      const value = this.#leaf(this.#machine.settle(leaf));
      this.#machine.pc = before;
      return { when: wordsOf(answers), value };
    });
    return this.#undecided(groups, outcomes);
  }

  #undecided(
    groups: readonly { leaf: Leaf; answers: readonly ReadonlyMap<Atom, boolean>[] }[],
    outcomes: readonly Outcome[],
  ): Unknown {
    const subjects = [
      ...new Set(
        groups.flatMap(({ answers }) => answers.flatMap((one) => [...one.keys()].map(({ about }) => about))),
      ),
    ];
    const syms = subjects.map((base): Sym => ({ kind: 'sym', base, trace: this.#machine.realm.nowhere }));
    const leaves = groups
      .map(({ leaf }) => leaf)
      .filter((leaf): leaf is Plain => leaf.kind === 'prim' || leaf.kind === 'ref' || leaf.kind === 'sym');
    const main = leaves.find((leaf) => leaf.kind === 'sym') ?? leaves[0];
    const variables = variablesOf([...syms, ...leaves]);
    const fallback = fallbackOf(groups, outcomes);
    return {
      kind: 'unknown',
      why: whyOf(syms),
      from: originOf(main?.trace ?? this.#machine.realm.nowhere),
      ...(variables.length > 0 ? { variables } : {}),
      outcomes,
      ...(fallback ? { fallback } : {}),
    };
  }
}
