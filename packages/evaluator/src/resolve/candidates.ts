import type { FileRef } from '@bulwark/model';
import type { Language } from '../source/source-file.ts';
import type { Lookups, SnapshotFiles } from './lookup.ts';

const TS_FIRST = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'json'] as const;
const JS_FIRST = ['js', 'json', 'mjs', 'cjs', 'jsx', 'ts', 'tsx', 'mts', 'cts'] as const;

/** What a written extension may stand for in TypeScript: the output's name for the source. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  js: ['ts', 'tsx', 'js'],
  jsx: ['tsx', 'jsx'],
  mjs: ['mts', 'mjs'],
  cjs: ['cts', 'cjs'],
};

/**
 * The file a path means: itself, the TypeScript source of the output it names, with an extension added, or the
 * `index` of a folder. A TypeScript importer prefers sources, Node the exact name.
 */
export async function findModule(
  path: string,
  importer: Language,
  files: SnapshotFiles,
  log: Lookups,
): Promise<FileRef | null> {
  for (const candidate of candidatesFor(path, importer)) {
    const file = await files.find(candidate, log);
    if (file) return file;
  }
  return null;
}

export function candidatesFor(path: string, importer: Language): string[] {
  const folder = path === '.' ? '' : `${path}/`;
  const extensions = importer === 'ts' ? TS_FIRST : JS_FIRST;
  const own: string[] = [];
  if (path !== '.') {
    const [, stem, extension = ''] = /^(.*)\.([cm]?jsx?)$/.exec(path) ?? [];
    const sources = stem === undefined ? [] : SOURCES[extension]!.map((source) => `${stem}.${source}`);
    own.push(...(importer === 'ts' ? [...sources, path] : [path, ...sources]));
    own.push(...extensions.map((added) => `${path}.${added}`));
  }
  return [...new Set([...own, ...extensions.map((added) => `${folder}index.${added}`)])];
}
