/** What a plan would write, as a unified diff without context. */
import { decodeExactly, quotePath, replacementsOf } from '@bulwark/model';
import type { Replacement } from '@bulwark/model';
import type { PlannedFile } from '@bulwark/engine';
import { FILE_HEADERS_ONLY, createTwoFilesPatch } from 'diff';
import picocolors from 'picocolors';

/** A line that is changed may hold more than the change, a secret even: text and comments on it are not shown. */
export function preview({ path, before, edits }: PlannedFile, color: boolean): string {
  const text = before && decodeExactly(before);
  const replacements = replacementsOf(text, edits) ?? [];
  const name = quotePath(path);
  const patch = createTwoFilesPatch(
    text === null ? '/dev/null' : `a/${name}`,
    `b/${name}`,
    shown(text ?? '', replacements, false),
    shown(text ?? '', replacements, true),
    undefined,
    undefined,
    { context: 0, headerOptions: FILE_HEADERS_ONLY },
  );
  return paint(patch, color);
}

/** The text before or after, what surrounds the changes on their lines made safe. */
function shown(text: string, replacements: readonly Replacement[], isAfter: boolean): string {
  let result = '';
  let from = 0;
  for (const [index, { start, end, text: by }] of replacements.entries()) {
    const next = replacements[index + 1]?.start ?? text.length;
    const lineStart = Math.max(text.lastIndexOf('\n', start - 1) + 1, from);
    const lineEnd = Math.min(indexOrEnd(text, '\n', end), next);
    result += text.slice(from, lineStart) + codeBefore(text.slice(lineStart, start));
    result += isAfter ? by : text.slice(start, end);
    result += codeBehind(text.slice(end, lineEnd), lineEnd === next);
    from = lineEnd;
  }
  return result + text.slice(from);
}

function indexOrEnd(text: string, what: string, from: number): number {
  const index = text.indexOf(what, from);
  return index === -1 ? text.length : index;
}

// Words, numbers and the signs of code. Text, templates, comments and patterns begin and end with other signs, so what
// stands between the last of those and a property is code.
const PLAIN = String.raw`[\w\s{}[\](),.:;?!*+<>=&|-]*`;
const PLAIN_HEAD = new RegExp(`^${PLAIN}`);
const PLAIN_TAIL = new RegExp(`${PLAIN}$`);

function codeBefore(stretch: string): string {
  const code = PLAIN_TAIL.exec(stretch)![0];
  return code === stretch ? stretch : `${/^\s*/.exec(stretch)![0]}…${code}`;
}

/** @param isBetween another change follows on the line */
function codeBehind(stretch: string, isBetween: boolean): string {
  const code = PLAIN_HEAD.exec(stretch)![0];
  if (code === stretch) return stretch;
  return `${code}…${(isBetween ? PLAIN_TAIL : /\r?$/).exec(stretch)![0]}`;
}

function paint(patch: string, color: boolean): string {
  const colors = picocolors.createColors(color);
  return patch
    .split('\n')
    .map((line) => {
      if (/^(?:---|\+\+\+) /.test(line)) return colors.bold(line);
      if (line.startsWith('@@')) return colors.cyan(line);
      if (line.startsWith('+')) return colors.green(line);
      return line.startsWith('-') ? colors.red(line) : line;
    })
    .join('\n');
}
