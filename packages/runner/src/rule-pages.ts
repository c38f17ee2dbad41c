import { readFile } from 'node:fs/promises';

/** The page of a rule, as Markdown. The bundle carries every page beside itself, in `rules/`. */
export async function readPage(id: string): Promise<string> {
  return readFile(new URL(`rules/${id}.md`, import.meta.url), 'utf8');
}
