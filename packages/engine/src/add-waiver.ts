/** A waiver for one finding, written into the text of `bulwark.json`. */
import { UserError } from '@bulwark/model';
import type * as Jsonc from 'jsonc-parser';
import { isDay } from './iso-day.ts';

export interface NewWaiver {
  readonly rule: string;
  readonly fingerprint: string;
  readonly reason: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`, the last day it holds, UTC. */
  readonly expires?: string;
}

const SCHEMA = './node_modules/bulwark/schema/settings.json';

/**
 * The text with the waiver added behind the others; comments, order, indentation and line ends stay.
 * @param text what the file says, a sound settings file; `null` where there is none
 * @param today `YYYY-MM-DD`, in UTC
 * @throws UserError for a reason that says nothing, or a last day that is over or is none.
 */
export async function addWaiver(text: string | null, waiver: NewWaiver, today: string): Promise<string> {
  const { reason, expires } = waiver;
  if (!/\p{L}/u.test(reason))
    throw new UserError('A waiver needs a reason.', 'Say why the finding is accepted: --reason "…".');
  if (expires !== undefined) refuseDay(expires, today);
  const jsonc = await import('jsonc-parser');
  const mark = text?.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = text === null ? `{\n  "$schema": "${SCHEMA}"\n}\n` : text.slice(mark.length);
  const formattingOptions = { ...indentOf(plain), eol: plain.includes('\r\n') ? '\r\n' : '\n' };
  const tree = jsonc.parseTree(plain, [], { allowTrailingComma: true });
  const list = tree && jsonc.findNodeAtLocation(tree, ['waivers']);
  const last = list?.children?.at(-1);
  if (list && last && plain.slice(list.offset, last.offset).includes('\n'))
    return (
      mark +
      jsonc.applyEdits(plain, onNewLines(plain, list, last, waiver, formattingOptions, jsonc.createScanner))
    );
  const edits = list
    ? jsonc.modify(plain, ['waivers', list.children?.length ?? 0], waiver, {
        formattingOptions,
        isArrayInsertion: true,
      })
    : jsonc.modify(plain, ['waivers'], [waiver], { formattingOptions });
  return mark + jsonc.applyEdits(plain, edits);
}

/** The library would put it before a comment that stands behind the last one, and write that anew. */
function onNewLines(
  text: string,
  list: Jsonc.Node,
  last: Jsonc.Node,
  waiver: NewWaiver,
  format: Format,
  createScanner: typeof Jsonc.createScanner,
): Jsonc.Edit[] {
  const behindLast = last.offset + last.length;
  const scanner = createScanner(text.slice(behindLast, list.offset + list.length - 1), false);
  let end = behindLast;
  let hasComma = false;
  while (scanner.scan() !== SyntaxKind.EOF) {
    const token = scanner.getToken();
    hasComma ||= token === SyntaxKind.CommaToken;
    if (token !== SyntaxKind.Trivia && token !== SyntaxKind.LineBreakTrivia)
      end = behindLast + scanner.getTokenOffset() + scanner.getTokenLength();
  }
  const indent = /[ \t]*$/.exec(text.slice(0, last.offset))![0];
  const unit = format.insertSpaces ? ' '.repeat(format.tabSize) : '\t';
  const lines = JSON.stringify(waiver, null, unit).split('\n');
  const content = lines.map((line) => format.eol + indent + line).join('');
  if (hasComma) return [{ offset: end, length: 0, content }];
  if (end === behindLast) return [{ offset: end, length: 0, content: `,${content}` }];
  return [
    { offset: behindLast, length: 0, content: ',' },
    { offset: end, length: 0, content },
  ];
}

interface Format {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
  readonly eol: string;
}

/** Of jsonc-parser's `SyntaxKind`, a const enum that does not exist at run time. */
const SyntaxKind = { CommaToken: 5, LineBreakTrivia: 14, Trivia: 15, EOF: 17 } as const;

function refuseDay(expires: string, today: string): void {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || !isDay(expires)) {
    throw new UserError(
      `${JSON.stringify(expires)} is no day of the calendar.`,
      'Write the last day it holds as YYYY-MM-DD.',
    );
  }
  if (expires < today)
    throw new UserError(`${expires} is over: today is ${today}, UTC.`, 'Name a day to come.');
}

function indentOf(text: string): { insertSpaces: boolean; tabSize: number } {
  const indent = /^([ \t]+)["/]/m.exec(text)?.[1] ?? '  ';
  return indent.startsWith('\t')
    ? { insertSpaces: false, tabSize: 1 }
    : { insertSpaces: true, tabSize: indent.length };
}
