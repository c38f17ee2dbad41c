/** Entry points of a package: the `exports` and `imports` fields (Node, "Packages"). */
import type { Json } from '@bulwark/model';
import { isRecord } from './lookup.ts';

/**
 * The target for a subpath (`.`, `./x`, `#x`): a path beginning with `./`, a bare specifier (only for
 * `imports`), or `null` if there is none.
 */
export function targetOf(
  field: Json | undefined,
  subpath: string,
  conditions: ReadonlySet<string>,
): string | null {
  if (field === undefined || field === null) return null;
  const table = isSubpaths(field) ? field : subpath.startsWith('#') ? {} : { '.': field };
  const exact = table[subpath];
  if (exact !== undefined && !subpath.includes('*')) return pick(exact, '', conditions);
  const [pattern, matched] = bestPattern(Object.keys(table), subpath);
  return pattern === null ? null : pick(table[pattern]!, matched, conditions);
}

function isSubpaths(field: Json): field is Record<string, Json | undefined> {
  return isRecord(field) && Object.keys(field).some((key) => key.startsWith('.') || key.startsWith('#'));
}

/** The longest pattern that matches, as Node's PATTERN_KEY_COMPARE orders them. */
function bestPattern(patterns: readonly string[], subpath: string): [string | null, string] {
  let best: string | null = null;
  let matched = '';
  for (const pattern of patterns) {
    const star = pattern.indexOf('*');
    const isFolder = star === -1 && pattern.endsWith('/');
    if (star === -1 && !isFolder) continue;
    const head = isFolder ? pattern : pattern.slice(0, star);
    const tail = isFolder ? '' : pattern.slice(star + 1);
    if (!subpath.startsWith(head) || !subpath.endsWith(tail) || subpath.length < head.length + tail.length)
      continue;
    if (best === null || head.length > best.replace(/\*.*$/s, '').length) {
      best = pattern;
      matched = subpath.slice(head.length, subpath.length - tail.length);
    }
  }
  return [best, matched];
}

function pick(target: Json, matched: string, conditions: ReadonlySet<string>): string | null {
  if (typeof target === 'string') {
    return target.endsWith('/') && !target.includes('*')
      ? target + matched
      : target.replaceAll('*', () => matched);
  }
  if (Array.isArray(target)) {
    for (const option of target as readonly Json[]) {
      const found = pick(option, matched, conditions);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isRecord(target)) return null;
  for (const [condition, inner] of Object.entries(target)) {
    if (inner === undefined || !conditions.has(condition)) continue;
    const found = pick(inner, matched, conditions);
    if (found !== null || inner === null) return found;
  }
  return null;
}
