/** Keeps what must never be committed in `.gitignore`. */
import type { Tree } from '@nx/devkit';
import ignore from 'ignore';
import { foldersUp, inFolder } from '../folders.ts';

/** Every env file some release of Arkos reads in the modes it has by itself. */
const ENV_FILES = [
  '.env',
  '.env.local',
  ...['development', 'production'].flatMap(variants),
  ...variants('test'),
];

const ENV_LINES = ['.env', '.env.*', '!.env.example'];
const REPORT_LINE = '.bulwark/';

function variants(mode: string): readonly string[] {
  return [`.env.${mode}`, `.env.${mode}.local`];
}

/**
 * Adds to the root's `.gitignore` what is missing there, and to an app's own what that one lets in again.
 * @param apps folders from the workspace root.
 * @returns the files that were changed.
 */
export function keepIgnored(tree: Tree, apps: readonly string[]): readonly string[] {
  const changed = new Set<string>();
  const add = (folder: string, heading: string, lines: readonly string[]): void => {
    const path = inFolder(folder, '.gitignore');
    append(tree, path, heading, lines);
    changed.add(path);
  };
  if (letsIn(tree, '', ['.bulwark/report.json']).length > 0) add('', 'reports of Bulwark', [REPORT_LINE]);
  if (['', ...apps].some((app) => letsIn(tree, app, ENV_FILES).length > 0) && lacks(tree, ENV_LINES))
    add('', 'environment files: every app reads its own, none is committed', ENV_LINES);
  for (const app of apps) {
    const names = letsIn(tree, app, ENV_FILES);
    if (names.length > 0) add(app, 'environment files that Arkos reads', names);
  }
  return [...changed];
}

/** The names that git would not ignore in a folder: the nearest `.gitignore` that speaks of one decides. */
function letsIn(tree: Tree, folder: string, names: readonly string[]): readonly string[] {
  const rules = foldersUp(folder).map((at) => ({
    matcher: ignore().add(textOf(tree, inFolder(at, '.gitignore'))),
    prefix: at === '' ? folder : folder.slice(at.length + 1),
  }));
  return names.filter((name) => {
    for (const { matcher, prefix } of rules) {
      const { ignored, unignored } = matcher.test(inFolder(prefix, name));
      if (ignored || unignored) return unignored;
    }
    return true;
  });
}

function lacks(tree: Tree, lines: readonly string[]): boolean {
  const there = textOf(tree, '.gitignore').split(/\r?\n/);
  return lines.some((line) => !there.includes(line));
}

function append(tree: Tree, path: string, heading: string, lines: readonly string[]): void {
  const text = textOf(tree, path);
  const gap = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
  tree.write(path, `${text}${gap}# ${heading}\n${lines.join('\n')}\n`);
}

function textOf(tree: Tree, path: string): string {
  return tree.read(path, 'utf8') ?? '';
}
