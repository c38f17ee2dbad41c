/** Changes to `bulwark.json` that leave the rest, comments included, as it is. */
import type { Tree } from '@nx/devkit';
import { applyEdits, modify, parse } from 'jsonc-parser';

const PATH = 'bulwark.json';
const SCHEMA = './node_modules/bulwark/schema/settings.json';

export function ensureSettings(tree: Tree): void {
  if (tree.exists(PATH)) return;
  tree.write(PATH, `${JSON.stringify({ $schema: SCHEMA }, null, 2)}\n`);
}

/** Names a folder of rules, unless it is named already. */
export function addPlugin(tree: Tree, folder: string): void {
  ensureSettings(tree);
  const text = tree.read(PATH, 'utf8')!;
  const said = (parse(text, [], { allowTrailingComma: true }) ?? {}) as { plugins?: unknown };
  const plugins: readonly unknown[] = Array.isArray(said.plugins) ? said.plugins : [];
  const name = `./${folder}`;
  if (plugins.some((plugin) => typeof plugin === 'string' && plugin.replace(/^\.\/|\/$/g, '') === folder))
    return;
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  tree.write(PATH, applyEdits(text, modify(text, ['plugins'], [...plugins, name], { formattingOptions })));
}
