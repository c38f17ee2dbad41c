/** Random configuration programs: several files, imports, statements of every form. */
import { Expressions } from './expressions.ts';
import type { Kind, Name } from './expressions.ts';
import { Tape } from './tape.ts';

export interface Program {
  readonly format: 'esm' | 'cjs' | 'ts';
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
}

const KINDS: readonly Kind[] = ['number', 'string', 'boolean', 'array', 'object', 'any'];

export function programFrom(numbers: readonly number[]): Program {
  const tape = new Tape(numbers);
  const format = tape.pick(['esm', 'ts', 'cjs', 'esm'] as const);
  const extension = { esm: 'mjs', cjs: 'cjs', ts: 'ts' }[format];
  const files: Record<string, string> = {};
  const parts: { name: string; exports: readonly Name[] }[] = [];
  for (let index = tape.below(3); index > 0; index -= 1) {
    const name = `part${index}`;
    const module = new Module(tape, format, parts);
    files[`${name}.${extension}`] = module.write(name);
    parts.push({ name, exports: module.exported });
  }
  if (tape.chance(15))
    files['data.json'] = '{ "a": 1, "list": ["x", { "y": null }], "__proto__": 2, "1": true }';
  const main = new Module(tape, format, parts, 'data.json' in files);
  const entry = `main.${extension}`;
  return { format, files: { [entry]: main.write('main'), ...files }, entry };
}

class Module {
  readonly #tape: Tape;
  readonly #format: Program['format'];
  readonly #parts: readonly { name: string; exports: readonly Name[] }[];
  readonly #e: Expressions;
  readonly #hasData: boolean;
  readonly exported: Name[] = [];
  #next = 0;

  constructor(
    tape: Tape,
    format: Program['format'],
    parts: readonly { name: string; exports: readonly Name[] }[],
    hasData = false,
  ) {
    this.#tape = tape;
    this.#format = format;
    this.#parts = parts;
    this.#hasData = hasData;
    this.#e = new Expressions(tape, format === 'ts');
  }

  write(name: string): string {
    this.#e.mayAwait = this.#format !== 'cjs';
    const lines: string[] = [];
    for (const part of this.#parts) if (this.#tape.chance(70)) lines.push(...this.#import(part));
    if (this.#hasData) lines.push(...this.#data());
    lines.push(...this.#environment());
    const count = this.#tape.below(7) + (name === 'main' ? 2 : 1);
    for (let index = 0; index < count; index += 1) lines.push(this.#declaration(index));
    for (let index = this.#tape.below(5); index > 0; index -= 1) lines.push(this.#statement(2, this.#top()));
    const value = this.#e.of(this.#tape.pick<Kind>(['object', 'object', 'any']), 3);
    const own = this.#top().filter(({ text }) => /^\w+$/.test(text));
    const all = `{ value: ${value.startsWith('{') ? `(${value})` : value}, ${[...new Set(own.map(({ text }) => text))].join(', ')} }`;
    lines.push(this.#format === 'cjs' ? this.#exportCommonJs(all, own) : this.#exportModule(all, own));
    return `${lines.join('\n')}\n`;
  }

  #top(): Name[] {
    return this.#e.names;
  }

  #fresh(prefix = 'v'): string {
    this.#next += 1;
    return `${prefix}${this.#next}`;
  }

  #specifier(part: string): string {
    return this.#format === 'esm'
      ? `./${part}.mjs`
      : this.#format === 'ts'
        ? `./${part}.js`
        : `./${part}.cjs`;
  }

  #import({ name, exports }: { name: string; exports: readonly Name[] }): string[] {
    const from = this.#specifier(name);
    const local = this.#fresh('i');
    const namespace = { text: local, kind: 'object', isMutable: false } as const;
    if (this.#format === 'cjs') {
      this.#e.names.push(namespace);
      return [`const ${local} = require(${JSON.stringify(from)})${this.#tape.pick(['', ''])};`];
    }
    const named = exports.filter(() => this.#tape.chance(50));
    const renamed = named.map((one) => ({ ...one, text: this.#fresh('i') }));
    const list = named.map((one, index) => `${one.text} as ${renamed[index]!.text}`).join(', ');
    const use = (names: readonly Name[]): void => {
      this.#e.names.push(
        ...names.filter(({ params }) => !params).map((one) => ({ ...one, isMutable: false })),
      );
      this.#e.functions.push(...names.filter(({ params }) => params));
    };
    return this.#tape.run([
      () => {
        use(renamed);
        return [`import { ${list} } from '${from}';`];
      },
      () => {
        use([...renamed, namespace]);
        return [`import ${local}${list === '' ? '' : `, { ${list} }`} from '${from}';`];
      },
      () => {
        use([namespace]);
        return [`import * as ${local} from '${from}';`];
      },
      () => {
        use([namespace]);
        return [`import { default as ${local} } from '${from}';`];
      },
      () => {
        use([namespace]);
        return [`const ${local} = await import('${from}');`];
      },
      () => [`export * from '${from}';`, `export * as ${local}_all from '${from}';`],
      () => [`export { default as ${local}_re } from '${from}';`],
    ]);
  }

  #data(): string[] {
    this.#e.names.push({ text: 'data', kind: 'object', isMutable: false });
    if (this.#format === 'cjs') return [`const data = require('./data.json');`];
    return [`import data from './data.json' with { type: 'json' };`];
  }

  #environment(): string[] {
    if (!this.#tape.chance(25)) return [];
    const name = this.#fresh('env');
    const any = { kind: 'any', isMutable: false } as const;
    return this.#tape.run([
      () => {
        this.#e.names.push({ text: name, ...any });
        return [`const { NODE_ENV: ${name} = 'none' } = process.env;`];
      },
      () => {
        this.#e.names.push({ text: `${name}.STRICT`, ...any });
        return [`const ${name} = process.env;`];
      },
      () => {
        if (this.#format === 'cjs') return [];
        this.#e.names.push({ text: `${name}.PORT`, ...any });
        return [`import { env as ${name} } from 'node:process';`];
      },
      () => {
        if (this.#format === 'cjs') return [];
        this.#e.names.push({ text: `${name}.env.ORIGINS`, ...any });
        return [`import ${name} from 'process';`];
      },
    ]);
  }

  #declaration(index: number): string {
    const { tape: t } = this.#e;
    const name = this.#fresh();
    const kind = t.pick(KINDS);
    const value = (): string => this.#e.of(kind, 3);
    const add = (isMutable: boolean, more: Partial<Name> = {}): void => {
      this.#e.names.push({ text: name, kind, isMutable, ...more });
    };
    const exported = (isMutable: boolean): string => {
      const isExported = this.#format !== 'cjs' && t.chance(40);
      if (isExported) this.exported.push({ text: name, kind, isMutable });
      return isExported ? 'export ' : '';
    };
    void index;
    return t.run([
      () => {
        const text = `const ${name} = ${value()};`;
        const prefix = exported(false);
        add(false);
        return prefix + text;
      },
      () => {
        const text = `let ${name} = ${value()};`;
        const prefix = exported(true);
        add(true);
        return prefix + text;
      },
      () => {
        const text = `var ${name} = ${value()};`;
        add(true);
        return text;
      },
      () => this.#function(name, kind),
      () => this.#function(name, kind),
      () => this.#class(name),
      () => {
        const other = this.#fresh();
        const text = t.pick([
          `const { a: ${name} = ${value()}, ...${other} } = ${this.#e.of('object', 2)};`,
          `const { ['b']: { c: ${name} = 1 } = {}, a: ${other} } = ${this.#e.of('object', 2)};`,
        ]);
        this.#e.names.push(
          { text: name, kind: 'any', isMutable: false },
          { text: other, kind: text.includes('...') ? 'object' : 'any', isMutable: false },
        );
        return text;
      },
      () => {
        const other = this.#fresh();
        const text = `let [${name}, ${t.pick(['', ', '])}...${other}] = ${this.#e.of('array', 2)};`;
        this.#e.names.push(
          { text: name, kind: 'any', isMutable: true },
          { text: other, kind: 'array', isMutable: false },
        );
        return text;
      },
      () => {
        if (this.#format !== 'ts') return `const ${name} = ${value()};${add(false) ?? ''}`;
        this.#e.names.push(
          { text: name, kind: 'any', isMutable: false },
          { text: `${name}.A`, kind: 'any', isMutable: false },
        );
        return t.pick([
          `enum ${name} { A, B = 'b', C = 4, D, E = C | 8, F = 'x'.length }`,
          `const enum ${name} { A = 1, B = A * 2, 'c d' = 'z' }`,
          `namespace ${name} { export const A = ${this.#e.of('number', 1)}; export function f() { return A } const hidden = 2 }`,
        ]);
      },
    ]);
  }

  #function(name: string, kind: Kind): string {
    const { tape: t } = this.#e;
    const params = Array.from({ length: t.below(3) }, () => t.pick(KINDS));
    const isAsync = this.#format !== 'cjs' && t.chance(10);
    const outer = { names: this.#e.names, functions: this.#e.functions, mayAwait: this.#e.mayAwait };
    const own = params.map((param, index): Name => ({ text: `p${index}`, kind: param, isMutable: true }));
    const list = own
      .map(({ text, kind: of }) =>
        t.chance(70) ? `${text} = ${this.#e.of(of, 0)}` : `${text} = ${this.#e.of(of, 1)}`,
      )
      .join(', ')
      .replaceAll('await ', '');
    this.#e.names = [...outer.names, ...own];
    this.#e.mayAwait = isAsync;
    const body: string[] = [];
    for (let count = t.below(3); count > 0; count -= 1) body.push(this.#statement(1, this.#e.names));
    const result = `return ${this.#e.of(kind, 2)};`;
    this.#e.names = outer.names;
    this.#e.functions = outer.functions;
    this.#e.mayAwait = outer.mayAwait;
    const prefix = isAsync ? 'async ' : '';
    const text = t.run([
      () => `${prefix}function ${name}(${list}) { ${body.join(' ')} ${result} }`,
      () => `const ${name} = ${prefix}(${list}) => { ${body.join(' ')} ${result} };`,
      () => `const ${name} = ${prefix}function (${list}) { ${body.join(' ')} ${result} };`,
    ]);
    this.#e.functions.push({ text: name, kind, isMutable: false, params, isAsync });
    if (this.#format !== 'cjs' && t.chance(30)) {
      this.exported.push({ text: name, kind, isMutable: false, params, isAsync });
      return `export ${text}`;
    }
    return text;
  }

  #class(name: string): string {
    const { tape: t } = this.#e;
    const outer = this.#e.mayAwait;
    this.#e.mayAwait = false;
    const text = `class ${name} { static s = ${this.#e.of('any', 2)}; static get g() { return this.s } f = ${this.#e.of('any', 2)}; #p = ${this.#e.of('number', 1)}; constructor(c = 1) { this.c = c } m(x = this.f) { return [x, this.#p] } static { this.t = ${this.#e.of('number', 1)} } }`;
    this.#e.mayAwait = outer;
    this.#e.names.push(
      { text: `${name}.${t.pick(['s', 'g', 't'])}`, kind: 'any', isMutable: false },
      {
        text: `new ${name}(${this.#e.of('number', 0)}).${t.pick(['f', 'c', 'm()'])}`,
        kind: 'any',
        isMutable: false,
      },
    );
    if (t.chance(30)) {
      const child = this.#fresh();
      this.#e.names.push({
        text: `new ${child}().${t.pick(['f', 'c', 'd', 'm()'])}`,
        kind: 'any',
        isMutable: false,
      });
      return `${text}\nclass ${child} extends ${name} { d = 5; constructor() { super(9); this.e = super.m(1) } m() { return [super.m(2), this.d] } }`;
    }
    return text;
  }

  #statement(depth: number, names: readonly Name[]): string {
    const { tape: t } = this.#e;
    const e = this.#e;
    const mutable = names.filter(({ isMutable, text }) => isMutable && /^\w+$/.test(text));
    const objects = names.filter(({ kind, text }) => kind === 'object' && /^v\d+$/.test(text));
    const arrays = names.filter(({ kind, text }) => kind === 'array' && /^v\d+$/.test(text));
    const target = mutable.length > 0 ? t.pick(mutable) : null;
    const object = objects.length > 0 ? t.pick(objects).text : null;
    const array = arrays.length > 0 ? t.pick(arrays).text : null;
    const block = (): string =>
      depth <= 0
        ? this.#simple(target, object, array)
        : `${this.#statement(depth - 1, names)} ${t.chance(40) ? this.#statement(depth - 1, names) : ''}`;
    const counter = this.#fresh('n');
    return t.run([
      () => this.#simple(target, object, array),
      () => this.#simple(target, object, array),
      () => this.#simple(target, object, array),
      () => `if (${e.of('boolean', 2)}) { ${block()} }${t.chance(50) ? ` else { ${block()} }` : ''}`,
      () => `if (${e.env()}) { ${block()} } else if (${e.of('boolean', 1)}) { ${block()} }`,
      () =>
        `switch (${t.pick([e.env(), e.of('string', 1), e.of('number', 1)])}) { case 'production': ${block()} break; case ${e.of('number', 0)}: ${block()} default: ${block()} ${t.pick(['', 'break;'])} case 'true': ${block()} }`,
      () =>
        `for (let ${counter} = 0; ${counter} < ${t.below(4)}; ${counter}++) { ${t.pick(['', `if (${counter} === 1) continue;`, `if (${counter} > 1) break;`])} ${block()} }`,
      () => `for (const ${counter} of (${e.of('array', 1)}).slice(0, 4)) { ${this.#within(counter, block)} }`,
      () => `for (const ${counter} in ${e.of('object', 1)}) { ${this.#within(counter, block)} }`,
      () => `{ let ${counter} = 0; while (${counter} < ${t.below(4)}) { ${counter} += 1; ${block()} } }`,
      () => `{ let ${counter} = 0; do { ${block()} } while (++${counter} < ${t.below(3)}); }`,
      () =>
        `try { ${block()} ${t.pick(['', 'throw new TypeError("t");', 'undefined.x;', 'missing;'])} } catch (error) { ${this.#caught(target)} ${block()} }${t.chance(30) ? ` finally { ${block()} }` : ''}`,
      () =>
        `outer${counter}: for (const ${counter} of [1, 2, 3]) { for (const y of [1, 2]) { if (y === 2) continue outer${counter}; ${block()} if (${e.of('boolean', 1)}) break outer${counter}; } }`,
      () => `{ ${block()} }`,
      () => `(() => { ${this.#quietly(block)} })();`,
    ]);
  }

  #quietly(make: () => string): string {
    const before = this.#e.mayAwait;
    this.#e.mayAwait = false;
    const text = make();
    this.#e.mayAwait = before;
    return text;
  }

  #within(counter: string, block: () => string): string {
    this.#e.names.push({ text: counter, kind: 'any', isMutable: false });
    const text = block();
    this.#e.names.splice(
      this.#e.names.findIndex(({ text: name }) => name === counter),
      1,
    );
    return text;
  }

  #caught(target: Name | null): string {
    return target?.kind === 'string' || target?.kind === 'any'
      ? `${target.text} = error.name + ${this.#e.tape.pick(['""', 'String(error instanceof TypeError)'])};`
      : '';
  }

  /** A statement that changes something. */
  #simple(target: Name | null, object: string | null, array: string | null): string {
    const { tape: t } = this.#e;
    const e = this.#e;
    const changes: (() => string)[] = [];
    if (target) {
      const { text, kind } = target;
      changes.push(() => `${text} = ${kind === 'array' ? `(${e.of(kind, 2)}).slice(0, 9)` : e.of(kind, 2)};`);
      if (kind === 'number')
        changes.push(
          () => `${text} ${t.pick(['+=', '-=', '*=', '|='])} ${e.of('number', 1)};`,
          () => t.pick([`${text}++;`, `--${text};`]),
        );
      if (kind === 'string') changes.push(() => `${text} = (${text} + ${e.of('string', 1)}).slice(0, 40);`);
      changes.push(() => `${text} ${t.pick(['||=', '&&=', '??='])} ${e.of(kind, 1)};`);
      changes.push(
        () => `[${text}] = [${e.of(kind, 1)}];`,
        () => `({ k: ${text} = ${text} } = ${e.of('object', 1)});`,
      );
    }
    if (object) {
      const set = (value: string): string => `if (!Object.isFrozen(${object})) { ${value} }`;
      changes.push(
        () => set(`${object}.added = ${e.of('any', 2)};`),
        () => set(`${object}[${e.of('string', 1)}] = ${e.of('any', 1)};`),
        () => set(`delete ${object}.a;`),
        () => set(`Object.assign(${object}, ${e.of('object', 2)});`),
        () => set(`${object}.nested ??= {}; ${object}.nested.deep = ${e.of('any', 1)};`),
        () =>
          set(
            `Object.defineProperty(${object}, 'defined', { value: ${e.of('any', 1)}, enumerable: ${e.of('boolean', 1)}, configurable: true, writable: true });`,
          ),
      );
    }
    if (array) {
      changes.push(
        () => `${array}.push(${e.of('any', 1)});`,
        () =>
          `${array}.${t.pick(['pop()', 'shift()', 'reverse()', 'splice(1, 1)', 'unshift(0)', 'length = 1'])};`,
        () => `${array}[${t.below(4)}] = ${e.of('any', 1)};`,
      );
    }
    if (changes.length === 0)
      return `${e.of('any', 1).replace(/^(?=[{f(])/, ';')};`
        .replace(/^;?\{/, '({')
        .replace(/^;?function/, ';0, function');
    return t.run(changes);
  }

  #exportModule(all: string, own: readonly Name[]): string {
    const value =
      this.#format === 'ts' && this.#e.tape.chance(50) ? `(${all}) satisfies unknown` : `(${all})`;
    const name = this.#fresh('out');
    void own;
    return this.#e.tape.run([
      () => `export default ${value};`,
      () => `const ${name} = ${value};\nexport default ${name};`,
      () => `const ${name} = ${value};\nexport { ${name} as default, ${name} as 'odd name' };`,
      () => `const ${name} = ${value};\n${name}.later = 1;\nexport { ${name} as default };`,
      () => `export default (() => (${all.replaceAll('await ', '')}))();`,
    ]);
  }

  #exportCommonJs(all: string, own: readonly Name[]): string {
    const [first] = own;
    return this.#e.tape.run([
      () => `module.exports = (${all});`,
      () => `exports.all = (${all});${first ? ` exports.${first.text} = ${first.text};` : ''}`,
      () => `module.exports = { ...(${all}) }; module.exports.extra = 1;`,
      () => `module.exports.all = (${all}); exports.more = typeof module.exports;`,
    ]);
  }
}
