import { printable } from '@bulwark/model';

/**
 * Text that Markdown shows as it stands: whatever could begin a tag, a link, a table or emphasis has a backslash before
 * it (CommonMark §2.4), and so has what would make a list or a heading of a line. The comment behind `@`, `#` and `!`
 * keeps a host from taking what follows for somebody's name or a number of an issue: it looks for those in the text
 * that is shown, where no backslash is.
 */
export function literal(text: string): string {
  const shown = oneLine(text).trim();
  if (shown === '') return '(nothing)';
  return shown
    .replaceAll(/[\\`*_[\]<>|~&:@#!$]/g, '\\$&')
    .replaceAll(/\\[@#!]/g, '$&<!-- -->')
    .replaceAll(/www\./gi, (start) => start.replace('.', '\\.'))
    .replace(/^[-+=]|^(\d+)([.)])/, (start) => start.replace(/\D$/, '\\$&'));
}

/** A code span (CommonMark §6.1): longer fences than any run of backticks inside, spaces where one is at an end. */
export function code(text: string): string {
  const inside = oneLine(text);
  const longest = Math.max(0, ...(inside.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const isPadded = /^`|`$|^ .* $/.test(inside) || inside.trim() === '';
  return isPadded ? `${fence} ${inside} ${fence}` : `${fence}${inside}${fence}`;
}

function oneLine(text: string): string {
  return printable(text).replaceAll('\n', ' ');
}
