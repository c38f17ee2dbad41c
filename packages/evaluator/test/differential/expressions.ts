/** Random expressions of a wanted kind, over the names in scope. */
import type { Tape } from './tape.ts';

export type Kind = 'number' | 'string' | 'boolean' | 'array' | 'object' | 'any';

export interface Name {
  readonly text: string;
  readonly kind: Kind;
  readonly isMutable: boolean;
  /** For a function: what it takes. */
  readonly params?: readonly Kind[];
  readonly isAsync?: boolean;
}

export const VARIABLES = ['NODE_ENV', 'STRICT', 'ORIGINS', 'PORT', 'EMPTY'] as const;
const KEYS = ['a', 'b', 'cors', 'strict', 'list', 'x-y', '0', '7', '__proto__x', 'constructor'] as const;
const TEXTS = [
  '',
  'a',
  'B',
  ' pad ',
  'no-bulk',
  '1,2,3',
  '15m',
  'true',
  '0',
  'http://x.io:80/p?q=1',
  'é😀',
  '*',
  'a.b.c',
  'NaN',
  '{"k":[1,{"z":null}]}',
  '12px',
  '-0',
] as const;
const NUMBERS = [
  '0',
  '1',
  '2',
  '3',
  '-1',
  '0.5',
  '10',
  '60_000',
  '1e3',
  '0xff',
  '-0',
  'NaN',
  'Infinity',
  '7',
] as const;

export class Expressions {
  readonly tape: Tape;
  names: Name[] = [];
  functions: Name[] = [];
  /** Whether `await` may be written here. */
  mayAwait = false;
  /** TypeScript syntax may be used. */
  readonly isTyped: boolean;

  constructor(tape: Tape, isTyped: boolean) {
    this.tape = tape;
    this.isTyped = isTyped;
  }

  of(kind: Kind, depth: number): string {
    const text = this.#bare(kind, depth);
    if (this.isTyped && this.tape.chance(8))
      return this.tape.pick([
        `(${text} as any)`,
        `(${text})!`,
        `(${text} satisfies unknown as any)`,
        `(<any>${text})`,
      ]);
    return text;
  }

  #bare(kind: Kind, depth: number): string {
    const { tape } = this;
    const known = this.names.filter((name) => name.kind === kind || kind === 'any');
    if (known.length > 0 && tape.chance(depth <= 0 ? 60 : 25)) return tape.pick(known).text;
    if (depth > 0 && tape.chance(12)) return this.#shared(kind, depth - 1);
    const calls = this.functions.filter((fn) => fn.kind === kind && (!fn.isAsync || this.mayAwait));
    if (depth > 0 && calls.length > 0 && tape.chance(12)) {
      const fn = tape.pick(calls);
      const args = fn
        .params!.slice(0, tape.below(fn.params!.length + 1))
        .map((param) => this.of(param, depth - 1));
      return fn.isAsync ? `(await ${fn.text}(${args.join(', ')}))` : `${fn.text}(${args.join(', ')})`;
    }
    switch (kind) {
      case 'number':
        return this.number(depth);
      case 'string':
        return this.string(depth);
      case 'boolean':
        return this.boolean(depth);
      case 'array':
        return this.array(depth);
      case 'object':
        return this.object(depth);
      default:
        return this.any(depth);
    }
  }

  /** Forms that fit every kind. */
  #shared(kind: Kind, depth: number): string {
    const e = (of: Kind = kind): string => this.of(of, depth);
    return this.tape.run([
      () => `(${e('boolean')} ? ${e()} : ${e()})`,
      () => `(${e('any')}, ${e()})`,
      () => `(() => ${this.#body(e())})()`,
      () => `((p) => p)(${e()})`,
      () => `[${e()}, ${e()}][${this.tape.below(2)}]`,
      () => `({ k: ${e()} }).k`,
      () => `({ k: ${e()} })?.k`,
      () => `({ get k() { return ${this.#quiet(e)} } }).k`,
      () =>
        `(function () { if (${this.#quiet(() => e('boolean'))}) { return ${this.#quiet(e)} } return ${this.#quiet(e)} })()`,
      () => `(null ?? ${e()})`,
      () => `((p = ${this.#quiet(e)}) => p)()`,
      () => `(({ q = ${this.#quiet(e)} }) => q)({})`,
      () => `(([, q = ${this.#quiet(e)}] = []) => q)()`,
      () =>
        `(() => { try { ${this.tape.pick(['throw new Error("x")', 'null.x', ''])} ; return ${this.#quiet(e)} } catch { return ${this.#quiet(e)} } finally { ${this.tape.pick(['', '1'])} } })()`,
      () => (this.mayAwait ? `(await ${e()})` : e()),
      () => (this.mayAwait ? `(await (async () => ${this.#body(this.#quiet(e))})())` : e()),
      () => (this.mayAwait ? `(await Promise.resolve(${e()}))` : e()),
    ]);
  }

  /** Without `await`, for the body of a function that is not async. */
  #quiet(make: () => string): string {
    const before = this.mayAwait;
    this.mayAwait = false;
    const text = make();
    this.mayAwait = before;
    return text;
  }

  /** Without calls of functions that may change something: who reads a getter, and when, is not the program's matter. */
  #pure(make: () => string): string {
    const before = this.functions;
    this.functions = [];
    const text = this.#quiet(make);
    this.functions = before;
    return text;
  }

  #body(text: string): string {
    return text.includes('await') ? '0' : text.startsWith('{') ? `(${text})` : text;
  }

  number(depth: number): string {
    const { tape } = this;
    if (depth <= 0) return tape.pick(NUMBERS);
    const n = (): string => this.of('number', depth - 1);
    const s = (): string => this.of('string', depth - 1);
    const a = (): string => this.of('array', depth - 1);
    return tape.run([
      () => tape.pick(NUMBERS),
      () => `(${n()} ${tape.pick(['+', '-', '*', '/', '%', '|', '&', '^', '<<', '>>', '>>>'])} ${n()})`,
      () => `(${tape.pick(['-', '+', '~'])}(${n()}))`,
      () =>
        `Number(${tape.pick([s(), n(), this.of('any', depth - 1)])})`.replace(
          /Number\((\(?\d+n\)?)\)/,
          'Number(1)',
        ),
      () => `parseInt(${s()}${tape.pick(['', ', 10', ', 16'])})`,
      () => `parseFloat(${s()})`,
      () => `${s()}.length`,
      () => `${a()}.length`,
      () => `Math.${tape.pick(['max', 'min', 'pow'])}(${n()}, ${n()})`,
      () => `Math.${tape.pick(['floor', 'round', 'abs', 'ceil', 'trunc', 'sign', 'sqrt'])}(${n()})`,
      () => `${s()}.indexOf(${s()})`,
      () => `${a()}.indexOf(${this.of('any', depth - 1)})`,
      () => `${a()}.reduce((p, q) => p + Number(typeof q === 'number' ? q : 1), ${n()})`,
      () =>
        `${a()}.findIndex((q) => ${this.#quiet(() => this.#with({ text: 'q', kind: 'any', isMutable: false }, () => this.of('boolean', depth - 1)))})`,
      () => `(${this.env()} ? ${n()} : ${n()})`,
      () => `Number(${this.env()} ?? ${n()})`,
      () => `Number(${this.env()} || ${n()})`,
      () => `new Set(${a()}).size`,
      () => `Object.keys(${this.of('object', depth - 1)}).length`,
      () => `(${s()}).charCodeAt(${tape.below(3)})`,
    ]);
  }

  env(): string {
    const name = this.tape.pick(VARIABLES);
    return this.tape.run([
      () => `process.env.${name}`,
      () => `process.env['${name}']`,
      () => `process.env?.${name}`,
      () => `process.env[\`${name}\`]`,
    ]);
  }

  string(depth: number): string {
    const { tape } = this;
    const literal = (): string => JSON.stringify(tape.pick(TEXTS));
    if (depth <= 0) return literal();
    const s = (): string => this.of('string', depth - 1);
    const any = (): string => this.#printable(depth - 1);
    return tape.run([
      literal,
      () => `\`${tape.pick(['', 'x', 'a-'])}\${${any()}}${tape.pick(['', '!', ' '])}\``,
      () => `(${s()} + ${any()})`,
      () => `(${this.env()} ${tape.pick(['??', '||'])} ${s()})`,
      () => `(${this.env()} ?? ${s()}).${this.#textMethod()}`,
      () => `(${s()}).${this.#textMethod()}`,
      () => `(${s()}).${this.#textMethod()}.${this.#textMethod()}`,
      () => `String(${any()})`,
      () => `typeof ${this.of('any', depth - 1)}`,
      () => `${this.of('array', depth - 1)}.map((q) => typeof q).join(${tape.pick(['', '","', '"-"'])})`,
      () => `JSON.stringify(${this.of('any', depth - 1)}${tape.pick(['', ', null, 2'])}) + ''`,
      () => `(${s()} || ${s()})`,
      () => `(${s()} && ${s()})`,
      () => `(${this.of('number', depth - 1)}).toFixed(${tape.below(3)})`,
      () => `${s()}.split(${tape.pick(['","', '""', '/[,;]/', '"."'])}).join("|")`,
      () => `(${this.env()}?.trim() ?? ${s()})`,
      () => `String.raw\`a\\n\${${any()}}\``,
      () =>
        `new URL(${tape.pick(['"http://x.io:81/p?q=1#h"', '"https://u:p@h.dev/a/b"'])}).${tape.pick(['host', 'hostname', 'port', 'origin', 'pathname', 'search', 'href', 'protocol'])}`,
      () => `encodeURIComponent(${literal()})`,
    ]);
  }

  /** Something whose text the language defines, not the engine: no functions. */
  #printable(depth: number): string {
    return this.of(this.tape.pick<Kind>(['string', 'number', 'boolean', 'string']), depth);
  }

  #textMethod(): string {
    const { tape } = this;
    return tape
      .run([
        () => 'trim()',
        () => 'toUpperCase()',
        () => 'toLowerCase()',
        () => `slice(${tape.below(3)})`,
        () => `slice(-${tape.below(3) + 1})`,
        () => `substring(${tape.below(3)}, ${tape.below(4)})`,
        () => `padStart(${tape.below(6)}, "ab")`,
        () =>
          `replace(${tape.pick(['"a"', '/[a-z]/g', '/\\s+/', '/(\\d)(\\d)?/'])}, ${tape.pick(['"_"', '"<$1>"', '"$&$&"', '(m) => m.length'])})`,
        () => `replaceAll("a", "$$")`,
        () => `concat("z", 1)`,
        () => `repeat(${tape.below(3)})`,
        () => `at(${tape.below(2)})?.toString() ?? ''`,
      ])
      .replace(/^at(.*)\?\? ''$/, 'charAt(0)');
  }

  boolean(depth: number): string {
    const { tape } = this;
    if (depth <= 0) return tape.pick(['true', 'false']);
    const n = (): string => this.of('number', depth - 1);
    const s = (): string => this.of('string', depth - 1);
    const b = (): string => this.of('boolean', depth - 1);
    const any = (): string => this.of('any', depth - 1);
    const a = (): string => this.of('array', depth - 1);
    return tape.run([
      () => tape.pick(['true', 'false']),
      () => `(${n()} ${tape.pick(['<', '>', '<=', '>=', '===', '!==', '=='])} ${n()})`,
      () => `(${s()} ${tape.pick(['===', '!==', '==', '!=', '<', '>='])} ${s()})`,
      () =>
        `(${this.env()} ${tape.pick(['===', '!==', '==', '!='])} ${JSON.stringify(tape.pick(['production', 'true', '', 'development', '1,2,3']))})`,
      () => `(process.env.NODE_ENV === ${JSON.stringify(tape.pick(['production', 'development']))})`,
      () => `!(${any()})`,
      () => `!!${this.env()}`,
      () => `(${b()} && ${b()})`,
      () => `(${b()} || ${b()})`,
      () => `Boolean(${any()})`,
      () => `${a()}.includes(${any()})`,
      () => `${s()}.${tape.pick(['includes', 'startsWith', 'endsWith'])}(${s()})`,
      () => `(${JSON.stringify(tape.pick(KEYS))} in ${this.of('object', depth - 1)})`,
      () => `(${JSON.stringify(tape.pick(VARIABLES))} in process.env)`,
      () => `Array.isArray(${any()})`,
      () => `Number.isInteger(${any()})`,
      () =>
        `${a()}.${tape.pick(['some', 'every'])}(${tape.pick(['Boolean', '(q) => typeof q === "number"', '(q, i) => i > 0'])})`,
      () => `(${any()} ${tape.pick(['==', '!='])} null)`,
      () => `(${any()} === ${any()})`,
      () =>
        `(typeof ${any()} === ${JSON.stringify(tape.pick(['string', 'object', 'function', 'undefined']))})`,
      () => `/^[a-z]+$/i.test(${s()})`,
      () => `Object.hasOwn(${this.of('object', depth - 1)}, ${JSON.stringify(tape.pick(KEYS))})`,
      () => `["production", "staging"].includes(${this.env()})`,
      () => `(${any()} instanceof ${tape.pick(['Object', 'Array', 'Function'])})`,
      () => `isNaN(${n()})`,
    ]);
  }

  array(depth: number): string {
    const { tape } = this;
    if (depth <= 0) return tape.pick(['[]', '[1, 2]', '["a", "b"]', '[3, 1, 2]', '[[1], [2]]']);
    const any = (): string => this.of('any', depth - 1);
    const a = (): string => this.of('array', depth - 1);
    const o = (): string => this.of('object', depth - 1);
    const inner = (kind: Kind): string =>
      this.#quiet(() =>
        this.#with({ text: 'q', kind: 'any', isMutable: false }, () => this.of(kind, depth - 1)),
      );
    return tape.run([
      () => `[${Array.from({ length: tape.below(4) }, any).join(', ')}]`,
      () => `[${any()}, ...${a()}]`,
      () => `[...${a()}, ...(${this.of('boolean', depth - 1)} ? ${a()} : [])]`,
      () => `[...${this.of('string', depth - 1)}]`,
      () => `[1, , ${any()}]`,
      () => `${a()}.map((q${tape.pick(['', ', i'])}) => (${inner('any')}))`,
      () => `${a()}.filter(${tape.pick(['Boolean', `(q) => ${inner('boolean')}`])})`,
      () => `${a()}.slice(${tape.below(3)}${tape.pick(['', ', 2', ', -1'])})`,
      () => `${a()}.concat(${any()})`,
      () => `${this.of('string', depth - 1)}.split(${tape.pick(['","', '""', '/,/'])})`,
      () =>
        `(${this.env()} ?? ${this.of('string', depth - 1)}).split(",").map((q) => q.trim())${tape.pick(['', '.filter(Boolean)'])}`,
      () => `Object.${tape.pick(['keys', 'values', 'entries'])}(${o()})`,
      () => `Array.from({ length: ${tape.below(4)} }, (_, i) => ${tape.pick(['i', 'i * 2', '`k${i}`'])})`,
      () => `[...new Set(${a()})]`,
      () => `[...new Map(Object.entries(${o()}))]`,
      () => `[...${a()}].${tape.pick(['reverse()', 'sort()', 'flat()', 'fill(0)'])}`,
      () => `${a()}.flatMap((q) => [q, q])`,
      () => `[3, 1, 2].sort((p, q) => ${tape.pick(['p - q', 'q - p'])})`,
      () => `${a()}.${tape.pick(['toReversed()', 'flat(Infinity)', 'concat([])'])}`,
      () => `JSON.parse(JSON.stringify([${this.of('number', depth - 1)}, ${this.of('string', depth - 1)}]))`,
    ]);
  }

  object(depth: number): string {
    const { tape } = this;
    if (depth <= 0)
      return tape.pick(['({})', '({ a: 1 })', '({ b: "x", a: { c: 2 } })', '({ 7: 1, a: 2, 0: 3 })']);
    const o = (): string => this.of('object', depth - 1);
    const any = (): string => this.of('any', depth - 1);
    return tape.run([
      () => this.literal(depth),
      () => this.literal(depth),
      () => this.literal(depth),
      () => `Object.assign({}, ${o()}, ${o()})`,
      () =>
        `Object.fromEntries([${Array.from({ length: tape.below(3) }, () => `[${JSON.stringify(tape.pick(KEYS))}, ${any()}]`).join(', ')}])`,
      () => `Object.fromEntries(Object.entries(${o()}).map(([k, v]) => [k.toUpperCase(), v]))`,
      () => `JSON.parse(JSON.stringify(${o()}))`,
      () => `JSON.parse('{"k":[1,{"z":null}],"__proto__":{"p":1},"2":1,"1":2}')`,
      () => `Object.freeze(${o()})`,
      () => `((p) => { p.added = ${this.#quiet(any)}; return p })({ ...${o()} })`,
      () => `((p) => { delete p.a; return p })({ ...${o()} })`,
      () => `(({ a, ...rest }) => rest)(${o()})`,
      () => `{ ...${o()}, ...${o()} }`.replace(/^\{/, '({').replace(/\}$/, '})'),
      () => `({ ...${this.of('array', depth - 1)} })`,
      () => `structuredClone({ a: ${this.of('number', depth - 1)}, b: [${this.of('string', depth - 1)}] })`,
    ]);
  }

  literal(depth: number): string {
    const { tape } = this;
    const any = (): string => this.of('any', depth - 1);
    const parts = Array.from({ length: tape.below(4) + 1 }, () =>
      tape.run([
        () => `${this.#key()}: ${any()}`,
        () => `${this.#key()}: ${any()}`,
        () => `${this.#key()}: ${any()}`,
        () => `[${this.of('string', depth - 1)}]: ${any()}`,
        () => `...${this.of('object', depth - 1)}`,
        () => `...(${this.of('boolean', depth - 1)} && ${this.of('object', depth - 1)})`,
        () => `...(${this.env()} && { on: ${any()} })`,
        () => `...(${this.env()} ? { on: ${any()} } : {})`,
        () => `get ${this.#key()}() { return ${this.#pure(any)} }`,
        () => `m(p) { return ${this.#quiet(any)} }`,
        () => {
          const name = this.names.length > 0 ? tape.pick(this.names).text : '';
          return /^\w+$/.test(name) && name !== 'q' ? name : `a: ${any()}`;
        },
        () => `__proto__: ${tape.pick(['null', '{ inherited: 1 }', '5'])}`,
      ]),
    );
    const protos = parts.filter((part) => part.startsWith('__proto__:'));
    const kept =
      protos.length > 1
        ? parts.filter((part) => !part.startsWith('__proto__:') || part === protos[0])
        : parts;
    return `({ ${[...new Set(kept)].join(', ')} })`;
  }

  #key(): string {
    const key = this.tape.pick(KEYS);
    return /^[a-z]\w*$/i.test(key) ? key : JSON.stringify(key);
  }

  any(depth: number): string {
    const { tape } = this;
    if (depth <= 0) return tape.pick(['undefined', 'null', '1', '"s"', 'true', '[]', '({})']);
    return tape.run([
      () => this.of('number', depth),
      () => this.of('string', depth),
      () => this.of('boolean', depth),
      () => this.of('array', depth),
      () => this.of('object', depth),
      () => tape.pick(['undefined', 'null', 'void 0', 'NaN', '10n', '/r[e]g/gi', '((p) => p)']),
      () => this.env(),
      () => `${this.of('object', depth - 1)}?.${tape.pick(['a', 'b', 'zz', 'a?.b', 'a?.b?.c', 'm?.(1)'])}`,
      () => `(${this.of('any', depth - 1)} ${tape.pick(['??', '||', '&&'])} ${this.of('any', depth - 1)})`,
      () => `${this.of('array', depth - 1)}[${tape.below(3)}]`,
      () => `${this.of('array', depth - 1)}.${tape.pick(['at(-1)', 'find((q) => q)', 'at(0)'])}`,
      () => `${this.of('object', depth - 1)}[${this.of('string', depth - 1)}]`,
    ]);
  }

  #with(name: Name, make: () => string): string {
    this.names.push(name);
    const text = make();
    this.names.pop();
    return text;
  }
}
