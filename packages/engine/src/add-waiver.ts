/** A waiver for one finding, written into the text of `bulwark.json`. */
import { UserError } from '@bulwark/model';
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
  const { applyEdits, modify, parse } = await import('jsonc-parser');
  const mark = text?.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain =
    text === null || text.trim() === '' ? `{\n  "$schema": "${SCHEMA}"\n}\n` : text.slice(mark.length);
  const said = parse(plain, [], { allowTrailingComma: true }) as { readonly waivers?: readonly unknown[] };
  const count = said.waivers?.length;
  const formattingOptions = { ...indentOf(plain), eol: plain.includes('\r\n') ? '\r\n' : '\n' };
  const edits =
    count === undefined
      ? modify(plain, ['waivers'], [waiver], { formattingOptions })
      : modify(plain, ['waivers', count], waiver, { formattingOptions, isArrayInsertion: true });
  return mark + applyEdits(plain, edits);
}

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
