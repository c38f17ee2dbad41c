import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { decodeText } from './decode-text.ts';
import type { FileRef, IgnoreAnswer, Place, Snapshot } from '@bulwark/model';

/** Answers for one path what `git check-ignore --no-index` would, from the snapshot's own `.gitignore` files. */
export type IgnoreMatcher = (path: string) => IgnoreAnswer;

interface Rule {
  readonly pattern: string;
  readonly place: Place;
}

interface RuleFile {
  readonly rules: readonly Rule[];
  readonly matcher: Ignore;
}

/** Folder (`''` is the root) → the rules of its `.gitignore`. */
type RulesByFolder = ReadonlyMap<string, RuleFile>;

/**
 * Reads every `.gitignore` of the snapshot once. Neither `info/exclude` nor `core.excludesFile` counts: they
 * are one person's, and protect nobody else (gitignore(5)).
 * @throws ReadError if one of them cannot be read.
 */
export async function readIgnoreRules(snapshot: Snapshot): Promise<IgnoreMatcher> {
  const files = new Map<string, RuleFile>();
  for (const file of snapshot.files) {
    // Git does not follow a `.gitignore` that is a symbolic link.
    if (!isIgnoreFile(file.path) || isLink(file)) continue;
    const rules = parseRules(file.path, decodeText(await snapshot.read(file)));
    files.set(folderOf(file.path), { rules, matcher: createMatcher(rules) });
  }
  return (path) => answerFor(path, files);
}

/** One answer; use {@link readIgnoreRules} for many. @throws ReadError */
export async function isIgnored(snapshot: Snapshot, path: string): Promise<IgnoreAnswer> {
  return (await readIgnoreRules(snapshot))(path);
}

/** The file whose last line has the last word on a folder's own entries; `null` if none could have it. */
export function nearestIgnoreFile(snapshot: Snapshot, root: string): string | null {
  const parts = root === '.' ? [] : root.split('/');
  for (let length = parts.length; length >= 0; length -= 1) {
    const path = [...parts.slice(0, length), '.gitignore'].join('/');
    const file = snapshot.file(path);
    if (file && !isLink(file)) return path;
  }
  const own = [...parts, '.gitignore'].join('/');
  return snapshot.file(own) ? null : own;
}

/** Outermost first, as git walks: what lies in an ignored folder cannot be re-included. */
function answerFor(path: string, files: RulesByFolder): IgnoreAnswer {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const isFolder = length < parts.length;
    const answer = decide(parts.slice(0, length), isFolder, files);
    if (answer.ignored) return answer;
  }
  return { ignored: false };
}

/** The nearest `.gitignore` with a rule for exactly this entry decides; within a file the last such rule does. */
function decide(parts: readonly string[], isFolder: boolean, files: RulesByFolder): IgnoreAnswer {
  for (let depth = parts.length - 1; depth >= 0; depth -= 1) {
    const own = files.get(parts.slice(0, depth).join('/'));
    const answer = own && match(own, parts.slice(depth), isFolder);
    if (answer) return answer;
  }
  return { ignored: false };
}

function match(own: RuleFile, parts: readonly string[], isFolder: boolean): IgnoreAnswer | null {
  const path = parts.join('/') + (isFolder ? '/' : '');
  const found = matcherFor(own, parts.slice(0, -1)).test(path);
  if (found.unignored) return { ignored: false };
  const place = found.ignored ? own.rules[Number(found.rule?.mark)]?.place : undefined;
  return found.ignored ? { ignored: true, ...(place && { by: place }) } : null;
}

/**
 * The folders above were found not ignored, perhaps by a nearer file that this one knows nothing of. The
 * library judges them anew by this file alone, so where it would ignore one they are re-included by name.
 */
function matcherFor(own: RuleFile, folders: readonly string[]): Ignore {
  if (folders.length === 0 || !own.matcher.test(`${folders.join('/')}/`).ignored) return own.matcher;
  const matcher = createMatcher(own.rules);
  for (let length = 1; length <= folders.length; length += 1) {
    matcher.add(`!/${folders.slice(0, length).map(escapeName).join('/')}/`);
  }
  return matcher;
}

function createMatcher(rules: readonly Rule[]): Ignore {
  const matcher = ignore({ ignorecase: false });
  rules.forEach(({ pattern }, index) => {
    matcher.add({ pattern, mark: String(index) });
  });
  return matcher;
}

function escapeName(name: string): string {
  return name.replaceAll(/[\\*?[\]!# ]/g, String.raw`\$&`);
}

function parseRules(path: string, text: string): readonly Rule[] {
  return text.split('\n').map((line, index) => ({
    // The line end is left on: the library strips it the way git does.
    pattern: `${line}\n`,
    place: { path, line: index + 1, column: 1, endLine: index + 1, endColumn: line.trimEnd().length + 1 },
  }));
}

function isLink({ mode }: FileRef): boolean {
  return mode === '120000' || mode === '160000';
}

function isIgnoreFile(path: string): boolean {
  return path === '.gitignore' || path.endsWith('/.gitignore');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
