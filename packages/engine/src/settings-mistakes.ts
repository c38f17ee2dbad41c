/** What is wrong with a `bulwark.json`, in words: the place, and the nearest right name. */
import { UserError, nearest, quotePath } from '@bulwark/model';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Node } from 'jsonc-parser';
import { SETTINGS_FILE } from './settings.ts';

/**
 * Ajv reports every branch of a `oneOf` that failed. Keep what says most: an unknown key, then what lies deepest,
 * then what speaks of the kind of value that was written.
 */
export function relevant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unknownKeys = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  if (unknownKeys.length > 0) return unknownKeys;
  const deepest = errors.filter(
    ({ instancePath }) => !errors.some((other) => other.instancePath.startsWith(`${instancePath}/`)),
  );
  const places = [...new Set(deepest.map(({ instancePath }) => instancePath))];
  return places.flatMap((place) => {
    const here = deepest.filter(({ instancePath }) => instancePath === place);
    const said = here.filter(
      ({ keyword, data }) => keyword !== 'oneOf' && (keyword === 'enum') === isName(data),
    );
    return said.length > 0 ? said : here;
  });
}

function isName(data: unknown): boolean {
  return typeof data === 'string';
}

type FindNode = (path: string[]) => Node | undefined;

export function describeMistake(error: ErrorObject, text: string, find: FindNode): string {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const where = (steps: string[]): string => placeIn(text, find(steps)?.offset ?? 0);
  const inside = path.length > 0 ? ` in ${path.join('.')}` : '';
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty']);
    const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
    const near = nearest(key, known);
    const kind = path.at(-1) === 'rules' ? 'rule' : 'key';
    const node = find([...path, key])?.parent?.offset;
    return `${placeIn(text, node ?? 0)} unknown ${kind} ${JSON.stringify(key)}${inside}${near ? `; did you mean ${JSON.stringify(near)}?` : ''}`;
  }
  if (error.keyword === 'enum') {
    const allowed = (error.params['allowedValues'] as string[]).map(String);
    const near = nearest(String(error.data), allowed);
    const choice = near ? `; did you mean ${JSON.stringify(near)}?` : ` (one of ${allowed.join(', ')})`;
    return `${where(path)} ${JSON.stringify(error.data)} is not allowed${inside}${choice}`;
  }
  return `${where(path)}${path.length > 0 ? ` ${path.join('.')}` : ''} ${error.message ?? 'is wrong'}`;
}

function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The second of two equal keys of one object. */
export function duplicateKey(node: Node): Node | undefined {
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = child.type === 'property' ? child.children?.[0] : undefined;
    if (key && seen.has(key.value)) return key;
    if (key) seen.add(key.value);
    const deeper = duplicateKey(child);
    if (deeper) return deeper;
  }
  return undefined;
}

/** `bulwark.json:3:5` of an offset in its text. */
export function placeIn(text: string, offset: number): string {
  const before = text.slice(0, Math.max(0, offset)).split('\n');
  return `${quotePath(SETTINGS_FILE)}:${before.length}:${before.at(-1)!.length + 1}`;
}

/** "PropertyNameExpected" → "property name expected". */
export function words(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** The mistakes as one error. */
export function mistakes(lines: readonly string[]): UserError {
  return new UserError(
    lines.join('\n'),
    'Nothing was checked. Correct the settings and run it again; "$schema" in the file lets editors complete it.',
  );
}
