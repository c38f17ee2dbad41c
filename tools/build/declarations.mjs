/** The types of the package `bulwark`: what its API says, and the model it says it of, one file for each source. */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import ts from 'typescript';

const compilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  declaration: true,
  isolatedDeclarations: true,
  strict: true,
};

/** @throws Error where an export has no type of its own written down. */
export async function writeDeclarations({ api, model, out }) {
  await mkdir(join(out, 'model'), { recursive: true });
  await declare(api, join(out, 'api.d.ts'));
  for (const name of await readdir(model)) {
    if (!name.endsWith('.ts') || name.endsWith('.spec.ts')) continue;
    await declare(join(model, name), join(out, 'model', name.replace(/\.ts$/, '.d.ts')));
  }
}

async function declare(source, target) {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(await readFile(source, 'utf8'), {
    fileName: basename(source),
    compilerOptions,
  });
  if (diagnostics.length > 0) {
    const said = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    throw new Error(`${source}: ${said.join('; ')}`);
  }
  const text = outputText
    .replaceAll(/(from '\.\/[^']+)\.ts'/g, "$1.js'")
    .replaceAll("from '@bulwark/model'", "from './model/index.js'");
  await writeFile(target, text);
}
