/** A pattern as the analyser of backtracking sees it. */
import { createHash } from 'node:crypto';

/**
 * The pattern without what the analyser cannot take or takes long for: bounds become none, which can only make it
 * worse; names of groups and looks behind, which test a bounded text, go. So an answer for the form is one
 * for every pattern that has it.
 */
export function formOf(source: string): string {
  return source
    .replaceAll(/\(\?<[=!](?:[^()[\]]|\[(?:\\.|[^\]])*\]|\([^()]*\))*\)/g, '')
    .replaceAll(/\(\?<\w+>/g, '(')
    .replaceAll(/\{(\d+),(\d+)\}/g, (bounds, least: string, most: string) => {
      if (Number(most) <= 3) return bounds;
      return least === '0' ? '*' : '+';
    })
    .replaceAll(/\{(\d+)\}/g, (bounds, times: string) => (Number(times) > 3 ? '{3}' : bounds))
    .replace(/^\(\?:[^()[\]]*\)/, '(?:literal)');
}

export function hashOf(form: string): string {
  return createHash('sha256').update(form).digest('hex').slice(0, 16);
}
