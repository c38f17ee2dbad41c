import type { Language } from './source-file.ts';

const LANGUAGES: Readonly<Record<string, Language>> = {
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  jsx: 'js',
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'ts',
  json: 'json',
};

/** The language of a file by its name; `null` for one that is no module. */
export function languageOf(path: string): Language | null {
  return LANGUAGES[extensionOf(path)] ?? null;
}

export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1);
}

/** Whether a file's syntax has JSX, which excludes some of TypeScript's. */
export function hasJsx(path: string): boolean {
  return extensionOf(path).endsWith('x');
}
