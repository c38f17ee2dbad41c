/**
 * Compiles the kernel's sources to WebAssembly. They are plain TypeScript, kept to what can be said in integers of 32
 * bits: functions at the top of the file, `let` and `const`, `if`, `while`, `for`, `break`, `continue`, `return`,
 * arithmetic, comparisons, calls, the three views of the memory, `u8`, `u16` and `i32`, and its `copy`. Truth is 1 and 0.
 */
import ts from 'typescript';
import { compileFunction } from './compile-function.ts';
import { fold, unknown } from './fold-constant.ts';
import { encodeModule } from './wasm-module.ts';
import type { Signature, WasmFunction } from './wasm-module.ts';

export interface KernelSources {
  /** The texts of the files; their functions see each other by name. */
  readonly files: readonly string[];
  /** What they import that is a number. */
  readonly constants: ReadonlyMap<string, number>;
  /** What they import that is a function of the host's. */
  readonly imports: readonly Signature[];
  /** Names of the functions that are exported. */
  readonly exports: readonly string[];
  readonly pages: number;
}

/** @throws Error for what the language above does not hold, or a name nobody declared. */
export function compileKernel(sources: KernelSources): Uint8Array<ArrayBuffer> {
  const files = sources.files.map((text) =>
    ts.createSourceFile('kernel.ts', text, ts.ScriptTarget.ES2022, true),
  );
  const constants = new Map(sources.constants);
  const declared: ts.FunctionDeclaration[] = [];
  for (const statement of files.flatMap(({ statements }) => [...statements])) {
    if (ts.isFunctionDeclaration(statement)) declared.push(statement);
    else if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations)
        declare(constants, name.getText(), constantOf(initializer, constants));
    } else if (!ts.isImportDeclaration(statement)) throw unknown(statement);
  }
  const signatures = [...sources.imports, ...declared.map(signatureOf)];
  const scope = {
    constants,
    numbers: new Map(signatures.map((each, index) => [each.name, { ...each, index }])),
  };
  const functions = declared.map((each): WasmFunction => {
    const signature = signatureOf(each);
    const isExported = sources.exports.includes(signature.name);
    return { ...signature, ...compileFunction(each, signature, scope), isExported };
  });
  return encodeModule({ imports: sources.imports, functions, pages: sources.pages });
}

function signatureOf({ name, parameters, type }: ts.FunctionDeclaration): Signature {
  const hasResult = type?.kind !== ts.SyntaxKind.VoidKeyword;
  return { name: name?.text ?? '', parameters: parameters.length, hasResult };
}

function constantOf(node: ts.Expression | undefined, constants: ReadonlyMap<string, number>): number {
  const value = node && fold(node, constants);
  if (value === undefined) throw unknown(node);
  return value;
}

/** Files share their names, so that no two of them may mean something else by one. */
function declare(constants: Map<string, number>, name: string, value: number): void {
  if (constants.has(name)) throw new Error(`the kernel declares ${name} twice`);
  constants.set(name, value);
}
