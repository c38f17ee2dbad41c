/** Comments that mean to accept a finding, and do not say enough to do it. */
import type { Place, Suppression } from '@bulwark/model';

const WORD = Buffer.from('bulwark-allow');

/**
 * `bulwark-allow <rule> [digits]`, then a colon or the end of the line or comment: prose that only speaks of
 * such a comment goes on with other words.
 */
const COMMENT =
  /bulwark-allow[ \t]{1,8}([a-z][a-z0-9-]{0,63})(?:[ \t]{1,8}([0-9a-f]{8,64}))?[ \t]{0,8}(?::([^\r\n]{0,500})|(?=\r|$|\*\/|-->))/g;

/**
 * The incomplete ones of a file.
 * @param disabledAt where a `secretlint-disable` silences the rest of the file, if one does
 */
export function findSuppressions(path: string, bytes: Uint8Array, disabledAt: Place | null): Suppression[] {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const comments = content.includes(WORD) ? incompleteComments(path, content.toString('utf8')) : [];
  return disabledAt ? [...comments, { kind: 'whole-file', rule: null, place: disabledAt }] : comments;
}

function incompleteComments(path: string, text: string): Suppression[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(COMMENT)].flatMap((match): Suppression[] => {
      const [whole, rule, digits, rest = ''] = match;
      const kind = whatIsMissing(rule!, digits, rest);
      if (!kind) return [];
      const column = match.index + 1;
      const end = { endLine: index + 1, endColumn: column + whole.trimEnd().length };
      return [{ kind, rule: rule!, place: { path, line: index + 1, column, ...end } }];
    }),
  );
}

function whatIsMissing(rule: string, digits: string | undefined, rest: string): Suppression['kind'] | null {
  const reason = rest.replace(/(?:\*\/|-->|%>|\}\}).*$/, '').trim();
  if (reason === '') return 'no-reason';
  return rule === 'committed-secret' && digits === undefined ? 'no-fingerprint' : null;
}
