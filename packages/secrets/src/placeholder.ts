/**
 * Values that stand for a secret and are none: what documentation, templates and tests write in its place.
 * Every pattern is anchored and has bounded repeats.
 */

/** Words that, at the start or end of a value or as a part of it, say that it is made up. */
const WORDS =
  /(?:^|[^a-z])(?:changeme|change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this|with)|example|sample|placeholder|dummy|fake|your|insert|todo|fixme|redacted|removed|hidden|masked|censored|undefined|null|none|nil|test(?:ing)?|foo(?:bar)?|lorem|secret[-_ ]?here|goes[-_ ]?here|xxx+|not[-_ ]?a[-_ ]?(?:real|secret)|super[-_ ]?secret|my[-_ ]?(?:secret|token|password|key|api)|some[-_ ]?(?:secret|token|password|key|value)|notasecret|secret|password|passwd|token)(?:[^a-z]|$)/i;
/** The same without a boundary, where no random text would hold them. */
const INSIDE =
  /example|placeholder|changeme|dummy|your[-_]|redacted|xxxx|insert[-_]|replace[-_]?me|\.\.\.|\*\*\*|…|\xe2\x80\xa6|•••/i;
/** A variable, a template or a call where a value would be. */
const TEMPLATE =
  /\$\{|\$\(|^\$[A-Za-z_]|\{\{|\}\}|<%|%>|#\{|%\{|%\([A-Za-z]|^%[A-Za-z_]{1,40}%?$|^<[^<>]{0,80}>$|^\[[^[\]]{0,80}\]$|^\{[^{}]{0,80}\}$|^__[A-Za-z0-9_]{1,60}__$|^@@|process\.env|os\.environ|getenv|secrets\.[A-Z_]|^vault:|^op:\/\/|^ref\+|^arn:|^ssm:|^env[:.]|^file:/;

const RUNS = [
  '0123456789012345678901234567890',
  '9876543210987654321',
  'abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba',
];

/** Whether a value is empty or only stands for a secret. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '' || TEMPLATE.test(text) || INSIDE.test(text)) return true;
  if (isMonotone(text)) return true;
  return text.length <= 200 && WORDS.test(text) && !looksMixed(text);
}

/** One or two characters repeated, or a run along the alphabet, the digits or a keyboard row. */
export function isMonotone(text: string): boolean {
  const plain = text.toLowerCase().replaceAll(/[-_.: ]/g, '');
  if (plain.length === 0) return true;
  if (new Set(plain).size <= Math.min(3, Math.max(1, plain.length >> 2))) return true;
  if (plain.length > 64) return false;
  return isMadeOfRuns(plain);
}

/** Nine tenths of it lie in runs of at least six neighbours. */
function isMadeOfRuns(plain: string): boolean {
  let covered = 0;
  for (let at = 0; at < plain.length;) {
    const run = runLength(plain, at);
    if (run >= 6) covered += run;
    at += Math.max(run, 1);
  }
  return covered * 10 >= plain.length * 9;
}

function runLength(plain: string, at: number): number {
  let longest = 0;
  for (const row of RUNS) {
    const start = row.indexOf(plain[at]!);
    if (start === -1) continue;
    let length = 0;
    while (at + length < plain.length && row[start + length] === plain[at + length]) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

/** Digits and letters in turn: words with a number at their end are not. */
function looksMixed(text: string): boolean {
  return (text.match(/[0-9][A-Za-z]|[A-Za-z][0-9]/g)?.length ?? 0) >= 4;
}
