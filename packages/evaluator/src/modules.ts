/** Modules: linking, running each once in order, live bindings, CommonJS, and what lies outside the snapshot. */
import type { Node } from 'oxc-parser';
import { importKey } from './loader.ts';
import type { LoadedModule, ModuleGraph, Target } from './loader.ts';
import type { Site } from './machine/builtin.ts';
import { getMember } from './machine/members.ts';
import type { Machine } from './machine/machine.ts';
import type { Obj } from './machine/objects.ts';
import type { Cell, Exit, Frame, Scope } from './machine/scope.ts';
import { HOLE, prim, ref } from './machine/values.ts';
import type { Ref, Val } from './machine/values.ts';
import { declaredNames, isElided, nameOf } from './module-names.ts';
import { platformModule } from './platform-modules.ts';
import type { SourceFile } from './source/source-file.ts';
import { written } from './source/trace.ts';
import { declare, hoist, hoistVars, readCell } from './syntax/bindings.ts';

import { isStrict } from './syntax/make-function.ts';
import { DEFAULT, executeAll } from './syntax/statements.ts';

/** How a module offers a name. */
type Export =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'from'; readonly target: Target; readonly name: string }
  | { readonly kind: 'all'; readonly target: Target };

interface Module {
  readonly loaded: LoadedModule;
  readonly scope: Scope;
  readonly exports: Map<string, Export>;
  readonly stars: Target[];
  status: 'new' | 'running' | 'done';
  namespace: Ref | null;
  /** CommonJS: the object that holds `exports`. */
  module: Obj | null;
  /** JSON: its value. */
  json: Val | null;
}

export class Modules {
  readonly #machine: Machine;
  readonly #graph: ModuleGraph;
  #modules = new Map<string, Module>();

  constructor(machine: Machine, graph: ModuleGraph) {
    this.#machine = machine;
    this.#graph = graph;
  }

  /** Runs the module at a path with what it imports; its namespace. `null` if it cannot be read. */
  run(path: string): Val | null {
    const module = this.#link(path);
    if (!module) return null;
    this.#execute(module);
    return this.#namespaceOf(module);
  }

  /** `require("…")` of a module, from another one. */
  require(from: SourceFile, specifier: string, site: Site): Val {
    const target = this.#target(from, specifier, 'require');
    if (target.kind !== 'module') return this.#outside(target, '*', site);
    const module = this.#link(target.path);
    if (!module) return this.#unreadable(target.path, site);
    this.#execute(module);
    if (module.module) return this.#exportsOf(module);
    return module.json ?? this.#namespaceOf(module);
  }

  importDynamic(from: SourceFile, specifier: string, site: Site): Val {
    const target = this.#target(from, specifier, 'import');
    if (target.kind !== 'module') return this.#outside(target, '*', site);
    const module = this.#link(target.path);
    if (!module) return this.#unreadable(target.path, site);
    this.#execute(module);
    return this.#namespaceOf(module);
  }

  #target(from: SourceFile, specifier: string, by: 'import' | 'require'): Target {
    const imports = this.#graph.modules.get(from.path)?.imports;
    return (
      imports?.get(importKey({ specifier, by })) ??
      imports?.get(importKey({ specifier, by: by === 'import' ? 'require' : 'import' })) ?? {
        kind: 'missing',
        module: specifier,
      }
    );
  }

  /** A module with a syntax error keeps every module that imports it from running. */
  #unreadable(path: string, site: Site): never {
    return this.#machine.throwError('SyntaxError', `${path} cannot be parsed`, site);
  }

  /** What a name of something outside is. */
  #outside(target: Extract<Target, { kind: 'outside' | 'missing' }>, name: string, site: Site): Val {
    const known = platformModule(this.#machine, target.module, name, site);
    if (known) return known;
    return this.#machine.symbols.foreign(
      target.module,
      name,
      written(site.file, site),
      target.kind === 'missing',
    );
  }

  /** Makes the module's bindings ready, and those of all it imports, before any of them runs. */
  #link(path: string): Module | null {
    const known = this.#modules.get(path);
    if (known) return known;
    const loaded = this.#graph.modules.get(path);
    const program = loaded?.file.parsed.program;
    if (!loaded || !program) return null;
    const { file } = loaded;
    const nothing = prim(undefined, written(file, { start: 0, end: 0 }));
    const frame: Frame = {
      file,
      self: { value: nothing },
      newTarget: null,
      home: null,
      strict: loaded.format === 'esm' || isStrict(program.body) || file.parsed.language === 'ts',
      returns: loaded.format === 'cjs' ? { kind: 'return', labels: [], records: [], frame: null } : null,
      callee: null,
      isAsync: false,
    };
    const scope: Scope = { cells: new Map(), parent: null, frame };
    const module: Module = {
      loaded,
      scope,
      exports: new Map(),
      stars: [],
      status: 'new',
      namespace: null,
      module: null,
      json: null,
    };
    this.#modules.set(path, module);
    if (loaded.format === 'json') return module;
    if (loaded.format === 'cjs') this.#prepareCommonJs(module);
    for (const statement of program.body) this.#linkStatement(module, statement);
    hoistVars(this.#machine, scope, program, program.body, file);
    hoist(this.#machine, scope, program, program.body);
    return module;
  }

  #linkStatement(module: Module, statement: Node): void {
    const { file } = module.loaded;
    switch (statement.type) {
      case 'ImportDeclaration':
        if (statement.importKind !== 'type') this.#linkImport(module, statement);
        return;
      case 'ExportAllDeclaration': {
        if (statement.exportKind === 'type') return;
        const target = this.#target(file, statement.source.value, 'import');
        this.#linkTarget(target);
        if (statement.exported) module.exports.set(nameOf(statement.exported), { kind: 'all', target });
        else module.stars.push(target);
        return;
      }
      case 'ExportNamedDeclaration':
        if (statement.exportKind !== 'type') this.#linkExport(module, statement);
        return;
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement;
        const isNamed =
          (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') &&
          declaration.id;
        if (declaration.type === 'TSInterfaceDeclaration') return;
        const name = isNamed ? declaration.id!.name : DEFAULT;
        module.exports.set('default', { kind: 'local', name });
        if (isNamed) return;
        declare(this.#machine, module.scope, DEFAULT, 'const', HOLE, null);
        if (declaration.type === 'FunctionDeclaration')
          module.scope.cells.get(DEFAULT)!.value = this.#machine.evaluate(
            { ...declaration, type: 'FunctionExpression' } as Node,
            module.scope,
          );
        const { value } = module.scope.cells.get(DEFAULT)!;
        if (value.kind === 'ref') value.obj.slots.name = 'default';
        return;
      }
      default:
    }
  }

  #linkTarget(target: Target): void {
    if (target.kind === 'module') this.#link(target.path);
  }

  #linkImport(module: Module, node: Extract<Node, { type: 'ImportDeclaration' }>): void {
    const target = this.#target(module.loaded.file, node.source.value, 'import');
    this.#linkTarget(target);
    for (const specifier of node.specifiers) {
      if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') continue;
      const name =
        specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : specifier.type === 'ImportNamespaceSpecifier'
            ? '*'
            : nameOf(specifier.imported);
      const { file } = module.loaded;
      const site: Site = { file, start: specifier.start, end: specifier.end };
      const cell: Cell = {
        name: specifier.local.name,
        kind: 'import',
        value: HOLE,
        birth: this.#machine.pc,
        declared: written(file, specifier),
        volatile: null,
        bound: () => this.#read(target, name, site),
      };
      module.scope.cells.set(cell.name, cell);
    }
  }

  #linkExport(module: Module, statement: Extract<Node, { type: 'ExportNamedDeclaration' }>): void {
    const target = statement.source
      ? this.#target(module.loaded.file, statement.source.value, 'import')
      : null;
    if (target) this.#linkTarget(target);
    for (const specifier of statement.specifiers) {
      if (specifier.exportKind === 'type') continue;
      const local = nameOf(specifier.local);
      module.exports.set(
        nameOf(specifier.exported),
        target ? { kind: 'from', target, name: local } : { kind: 'local', name: local },
      );
    }
    for (const name of declaredNames(statement.declaration))
      module.exports.set(name, { kind: 'local', name });
  }

  /** What a name of a target is now. */
  #read(target: Target, name: string, site: Site): Val {
    if (target.kind !== 'module') return this.#outside(target, name, site);
    const module = this.#link(target.path);
    if (!module) return this.#unreadable(target.path, site);
    if (name === '*') return this.#namespaceOf(module);
    const found = this.#find(module, name, site, new Set());
    if (found && found !== 'ambiguous') return found;
    const what = found === 'ambiguous' ? 'exports more than one' : 'does not provide an export named';
    return this.#machine.throwError(
      'SyntaxError',
      `The requested module '${target.path}' ${what} '${name}'`,
      site,
    );
  }

  /** A name that a module exports; `null` if it exports none such. */
  #find(module: Module, name: string, site: Site, seen: Set<Module>): Val | 'ambiguous' | null {
    if (module.json) return name === 'default' ? module.json : null;
    if (module.module) return this.#findInCommonJs(module, name, site);
    if (module.loaded.format === 'json') {
      this.#execute(module);
      return name === 'default' ? module.json : null;
    }
    const own = module.exports.get(name);
    if (own) return this.#readExport(module, own, site);
    if (name === 'default' || seen.has(module)) return null;
    seen.add(module);
    let found: Val | null = null;
    for (const target of module.stars) {
      const other = this.#findInStar(target, name, site, seen);
      if (other === 'ambiguous') return other;
      found ??= other;
    }
    return found;
  }

  #findInStar(target: Target, name: string, site: Site, seen: Set<Module>): Val | 'ambiguous' | null {
    if (target.kind !== 'module') return this.#outside(target, name, site);
    const module = this.#link(target.path);
    return module ? this.#find(module, name, site, seen) : this.#unreadable(target.path, site);
  }

  #readExport(module: Module, own: Export, site: Site): Val {
    switch (own.kind) {
      case 'local': {
        const cell = module.scope.cells.get(own.name);
        if (!cell) return this.#machine.throwError('ReferenceError', `${own.name} is not defined`, site);
        return readCell(this.#machine, cell, site);
      }
      case 'from':
        return this.#read(own.target, own.name, site);
      default:
        return this.#read(own.target, '*', site);
    }
  }

  #findInCommonJs(module: Module, name: string, site: Site): Val | null {
    const exports = this.#exportsOf(module);
    if (name === 'default') return exports;
    return this.#machine.eachPlain(exports, (leaf) => {
      if (leaf.kind === 'prim') return prim(undefined, written(site.file, site));
      return getMember(this.#machine, leaf, name, site);
    });
  }

  /** Runs a module after what it imports, each once. */
  #execute(module: Module): void {
    if (module.status !== 'new') return;
    module.status = 'running';
    const { file, format } = module.loaded;
    const program = file.parsed.program!;
    if (format === 'json') {
      const [statement] = program.body;
      if (statement?.type === 'ExpressionStatement')
        module.json = this.#machine.evaluate(statement.expression, module.scope);
    } else {
      for (const statement of program.body) this.#executeImports(module, statement);
      if (format === 'cjs') this.#runCommonJs(module);
      else executeAll(this.#machine, program.body, module.scope);
    }
    module.status = 'done';
    if (!this.#machine.isAlive) this.#machine.leave();
  }

  #executeImports(module: Module, statement: Node): void {
    const isImport =
      (statement.type === 'ImportDeclaration' && statement.importKind !== 'type') ||
      (statement.type === 'ExportAllDeclaration' && statement.exportKind !== 'type') ||
      (statement.type === 'ExportNamedDeclaration' && statement.source && statement.exportKind !== 'type');
    if (!isImport) return;
    const target = this.#target(module.loaded.file, (statement.source as { value: string }).value, 'import');
    if (target.kind !== 'module') return;
    const imported = this.#link(target.path);
    if (imported?.status === 'done') return this.#checkNames(module, imported, statement);
    if (statement.type === 'ImportDeclaration' && isElided(module.loaded.file, statement)) return;
    if (!imported) {
      this.#unreadable(target.path, { file: module.loaded.file, start: statement.start, end: statement.end });
      return;
    }
    this.#execute(imported);
    this.#checkNames(module, imported, statement);
  }

  /** A name that is not exported keeps a JavaScript module from being linked at all. */
  #checkNames(module: Module, imported: Module, statement: Node): void {
    if (module.loaded.file.parsed.language !== 'js' || imported.module) return;
    if (statement.type !== 'ImportDeclaration' && statement.type !== 'ExportNamedDeclaration') return;
    for (const specifier of statement.specifiers) {
      const name =
        specifier.type === 'ImportSpecifier'
          ? nameOf(specifier.imported)
          : specifier.type === 'ImportDefaultSpecifier'
            ? 'default'
            : specifier.type === 'ExportSpecifier'
              ? nameOf(specifier.local)
              : null;
      if (name === null || this.#offers(imported, name, new Set())) continue;
      const site: Site = { file: module.loaded.file, start: specifier.start, end: specifier.end };
      this.#machine.throwError(
        'SyntaxError',
        `The requested module does not provide an export named '${name}'`,
        site,
      );
    }
  }

  #offers(module: Module, name: string, seen: Set<Module>): boolean {
    if (module.loaded.format === 'json') return name === 'default';
    if (module.module || module.exports.has(name)) return true;
    if (name === 'default' || seen.has(module)) return false;
    seen.add(module);
    return module.stars.some((target) => {
      const other = target.kind === 'module' ? this.#link(target.path) : null;
      return !other || this.#offers(other, name, seen);
    });
  }

  #prepareCommonJs(module: Module): void {
    const { heap, realm } = this.#machine;
    const trace = written(module.loaded.file, { start: 0, end: 0 });
    const exports = heap.object(trace);
    const object = heap.object(trace);
    heap.define(object.obj, 'exports', exports);
    module.module = object.obj;
    module.scope.frame.self.value = exports;
    declare(this.#machine, module.scope, 'module', 'var', object, null);
    declare(this.#machine, module.scope, 'exports', 'var', exports, null);
    declare(this.#machine, module.scope, 'require', 'var', realm.requireFunction(), null);
  }

  #runCommonJs(module: Module): void {
    const returns: Exit = module.scope.frame.returns!;
    this.#machine.exits.push(returns);
    try {
      this.#machine.attempt(() =>
        executeAll(this.#machine, module.loaded.file.parsed.program!.body, module.scope),
      );
    } finally {
      this.#machine.exits.splice(this.#machine.exits.lastIndexOf(returns), 1);
    }
    for (const { pc } of returns.records)
      this.#machine.pc = this.#machine.conditions.or(this.#machine.pc, pc);
  }

  #exportsOf(module: Module): Val {
    const site: Site = { file: module.loaded.file, start: 0, end: 0 };
    return getMember(this.#machine, ref(module.module!, written(site.file, site)), 'exports', site);
  }

  assignExports(scope: Scope, value: Val): void {
    const module = this.#modules.get(scope.frame.file.path);
    if (module?.module) this.#machine.heap.assign(module.module, 'exports', value, null);
    else if (module) {
      declare(this.#machine, module.scope, DEFAULT, 'const', value, null);
      module.exports.set('default', { kind: 'local', name: DEFAULT });
    }
  }

  /** The module as an object: every name it exports, in alphabetical order. */
  #namespaceOf(module: Module): Ref {
    if (module.namespace) return module.namespace;
    const { heap } = this.#machine;
    const obj = heap.make('Namespace', null);
    const site: Site = { file: module.loaded.file, start: 0, end: 0 };
    obj.extensible = false;
    obj.slots.namespace = {
      names: () => this.#namesOf(module, new Set()).sort(),
      get: (name) => {
        if (!this.#namesOf(module, new Set()).includes(name))
          return module.stars.some(({ kind }) => kind !== 'module')
            ? this.#orOutside(module, name, site)
            : undefined;
        const found = this.#find(module, name, site, new Set());
        return found === 'ambiguous' || found === null ? undefined : found;
      },
    };
    const outside = module.stars.find(({ kind }) => kind !== 'module');
    if (outside && outside.kind !== 'module') {
      const rest = this.#outside(outside, '*', site);
      if (rest.kind === 'sym') obj.rest = rest;
    }
    module.namespace = ref(obj, written(site.file, { start: 0, end: 0 }));
    return module.namespace;
  }

  #orOutside(module: Module, name: string, site: Site): Val | undefined {
    const found = this.#find(module, name, site, new Set());
    return found === 'ambiguous' || found === null ? undefined : found;
  }

  #namesOf(module: Module, seen: Set<Module>): string[] {
    if (module.loaded.format === 'json') return ['default'];
    if (module.module) {
      const exports = this.#exportsOf(module);
      const own =
        exports.kind === 'ref'
          ? [...exports.obj.props]
              .filter(([key, prop]) => prop.enumerable && prop.value.kind !== 'hole' && !key.startsWith('\0'))
              .map(([key]) => key)
          : [];
      return [...new Set([...own, 'default'])];
    }
    if (seen.has(module)) return [];
    seen.add(module);
    const names = new Set(module.exports.keys());
    for (const target of module.stars) {
      const other = target.kind === 'module' ? this.#link(target.path) : null;
      for (const name of other ? this.#namesOf(other, seen) : []) if (name !== 'default') names.add(name);
    }
    return [...names];
  }
}
