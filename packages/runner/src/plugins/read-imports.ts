/** What a plugin's files import, told by their syntax. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PluginCode } from '@bulwark/engine';
import { readSealed, writeSealed } from '@bulwark/daemon/store';
import { KNOWN_IMPORTS } from './lay-out.ts';
import type { LaidOut } from './lay-out.ts';

export interface FileImports {
  readonly path: string;
  /** Everything but its own files and `bulwark`: packages and what belongs to Node. */
  readonly packages: readonly string[];
  /** It imports what nobody can name beforehand, or cannot be parsed. */
  readonly isOpen: boolean;
}

/** Parsed once for each state of the code; the parser takes longer to load than the plugin. */
export async function readImports(code: PluginCode, { folder, tree }: LaidOut): Promise<FileImports[]> {
  const known = await readSealed(join(folder, KNOWN_IMPORTS), folder);
  if (known !== null) return JSON.parse(known) as FileImports[];
  const { parseSync } = await import('oxc-parser');
  const imports: FileImports[] = [];
  for (const { path } of code.files) {
    if (!/\.[cm]?[jt]s$/.test(path)) continue;
    const text = await readFile(join(tree, path), 'utf8');
    const { module, errors } = parseSync(path, text, { sourceType: 'unambiguous' });
    const named = [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.map(({ moduleRequest }) => moduleRequest?.value),
      ),
      ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => literalIn(text.slice(start, end))),
    ];
    const outside = named.filter((one) => one !== undefined && one !== null && !isOwn(one)) as string[];
    const isOpen = errors.length > 0 || named.includes(null) || /\brequire\b|\bgetBuiltinModule\b/.test(text);
    if (outside.length > 0 || isOpen) imports.push({ path, packages: [...new Set(outside)], isOpen });
  }
  await writeSealed(join(folder, KNOWN_IMPORTS), folder, JSON.stringify(imports)).catch(() => {});
  return imports;
}

function isOwn(specifier: string): boolean {
  return /^\.\.?\//.test(specifier) || specifier === 'bulwark';
}

/** `null` for anything but a plain string: what that names is known when it runs. */
function literalIn(source: string): string | null {
  return /^(["'])([^"'\\]*)\1$/.exec(source.trim())?.[2] ?? null;
}
