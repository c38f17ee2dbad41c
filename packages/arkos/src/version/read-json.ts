import type { Snapshot } from '@bulwark/model';
import { parse } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';

/** An object of a JSON file whose shape nobody has checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What came of reading a JSON file: its object, nothing if there is no such file, or what is wrong with it. */
export type ReadJson =
  | { readonly kind: 'object'; readonly object: JsonObject }
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken'; readonly because: string };

/** Reads a JSON file, comments and trailing commas allowed as tsconfig and bun.lock have them. */
export async function readJson(snapshot: Snapshot, path: string): Promise<ReadJson> {
  const file = snapshot.file(path);
  if (!file || file.mode === '160000') return { kind: 'missing' };
  const text = new TextDecoder().decode(await snapshot.read(file));
  const errors: ParseError[] = [];
  const value = parseJson(text, errors);
  if (errors.length > 0)
    return { kind: 'broken', because: `it is not JSON (at offset ${errors[0]!.offset})` };
  return isJsonObject(value)
    ? { kind: 'object', object: value }
    : { kind: 'broken', because: 'it holds no object' };
}

/** Plain JSON by the fast way; the lenient parser only where that fails. */
export function parseJson(text: string, errors: ParseError[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parse(text, errors, { allowTrailingComma: true, disallowComments: false });
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a path of keys, an empty one if there is none. */
export function objectAt(value: unknown, ...keys: readonly string[]): JsonObject {
  let current: unknown = value;
  for (const key of keys)
    current = isJsonObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  return isJsonObject(current) ? current : {};
}

/** The string at a key of an object, if it is one. */
export function stringAt(value: unknown, key: string): string | undefined {
  const inner = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}
