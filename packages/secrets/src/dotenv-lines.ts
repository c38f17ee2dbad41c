/** The lines of an env file, in the syntax dotenv reads: `KEY=value`, `export KEY='value'`, `# comment`. */

export interface Assignment {
  readonly key: string;
  /** Without its quotes and without a trailing comment. */
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
  /** Column of the key, from 1. */
  readonly column: number;
  /** Column after the line's last character. */
  readonly endColumn: number;
}

export interface DotenvText {
  readonly assignments: readonly Assignment[];
  /** Lines that are neither blank, comment, assignment nor the inside of a quoted value. */
  readonly otherLines: number;
}

const ASSIGNMENT = /^(\s{0,40}(?:export\s{1,8})?)([A-Za-z_][\w.-]{0,127})\s{0,8}(?:=|:\s)\s{0,8}(.*)$/;

/** Whether the first line that is neither blank nor a comment is an assignment: it stands inside no quoted value. */
export function beginsAsDotenv(text: Buffer): boolean {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.toString('utf8', start, end);
    const trimmed = line.trim();
    if (trimmed !== '' && !trimmed.startsWith('#')) return ASSIGNMENT.test(line.slice(0, MOST_OF_A_LINE));
    start = end + 1;
  }
  return false;
}

/** Characters of a line that are looked at. */
const MOST_OF_A_LINE = 10_000;

/** At most this many lines are read: an env file is short. */
const MAX_LINES = 5_000;

export function readDotenv(text: string): DotenvText {
  const lines = text.split('\n', MAX_LINES);
  const assignments: Assignment[] = [];
  let otherLines = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!.replace(/\r$/, '');
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, lead, key, raw] = ASSIGNMENT.exec(line.slice(0, MOST_OF_A_LINE)) ?? [];
    if (lead === undefined || key === undefined || raw === undefined) {
      otherLines += 1;
      continue;
    }
    const { value, spans } = readValue(raw, lines, index);
    assignments.push({ key, value, line: index + 1, column: lead.length + 1, endColumn: line.length + 1 });
    index += spans;
  }
  return { assignments, otherLines };
}

/** A quoted value may go on over several lines (a PEM); an unquoted one ends at ` #`. */
function readValue(raw: string, lines: readonly string[], at: number): { value: string; spans: number } {
  const quote = raw[0];
  if (quote !== '"' && quote !== "'" && quote !== '`') {
    return { value: raw.replace(/\s#.*$/, '').trim(), spans: 0 };
  }
  const end = raw.indexOf(quote, 1);
  if (end !== -1) return { value: raw.slice(1, end), spans: 0 };
  for (let next = at + 1; next < lines.length && next - at <= 200; next += 1) {
    const close = lines[next]!.indexOf(quote);
    if (close === -1) continue;
    const inner = [raw.slice(1), ...lines.slice(at + 1, next), lines[next]!.slice(0, close)];
    return { value: inner.join('\n'), spans: next - at };
  }
  return { value: raw.slice(1).trim(), spans: 0 };
}
