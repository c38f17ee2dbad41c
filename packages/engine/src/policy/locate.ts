/** Where something stands in a settings file. */
import { startOf } from '@bulwark/model';
import type { Place } from '@bulwark/model';
import { SETTINGS_FILE } from '../settings.ts';

/** Keys and indexes from the top of the file: `['waivers', 0, 'expires']`. */
export type JsonPath = readonly (string | number)[];

/** The place of the first of these paths that is there, key and value; the file's start if none is. */
export async function locate(text: string | null, paths: readonly JsonPath[]): Promise<Place> {
  if (text === null) return startOf(SETTINGS_FILE);
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const node =
    tree && paths.map((path) => findNodeAtLocation(tree, [...path])).find((one) => one !== undefined);
  if (!node) return startOf(SETTINGS_FILE);
  const { offset, length } = node.parent?.type === 'property' ? node.parent : node;
  const [start, end] = [positionAt(text, offset), positionAt(text, offset + length)];
  return { path: SETTINGS_FILE, ...start, endLine: end.line, endColumn: end.column };
}

function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
