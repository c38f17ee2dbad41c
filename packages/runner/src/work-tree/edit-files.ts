/** Files of the work tree, changed all or none, each in one step. */
import { chmod, chown, lstat, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError, encodePath, messageOf, quotePath } from '@bulwark/model';

/** One file to change. */
export interface FileEdit {
  /** From the top of the work tree. */
  readonly path: string;
  /** What was judged; `null` where there was no such file. */
  readonly before: Uint8Array | null;
  /** The new text, made from the text on disk; `null` if that cannot be edited so. */
  readonly edit: (text: string | null) => string | null;
}

/**
 * Looks at every file before it writes the first: a link, a file that may not be written, one that is not what was
 * judged, and nothing is written. Each is then written aside and renamed, with the mode and owner it had.
 * @throws UserError naming the file; if a disk gives up half-way, also those already written
 */
export async function editFiles(top: string, edits: readonly FileEdit[]): Promise<void> {
  const ready: Ready[] = [];
  for (const edit of edits) ready.push(await prepare(top, edit));
  const written: string[] = [];
  for (const one of ready) {
    try {
      await replace(one);
    } catch (error) {
      throw stopped(one.path, messageOf(error), written);
    }
    written.push(one.path);
  }
}

interface Ready {
  readonly path: string;
  readonly file: Buffer;
  readonly aside: Buffer;
  readonly old: Stats | null;
  readonly bytes: Buffer;
}

async function prepare(top: string, { path, before, edit }: FileEdit): Promise<Ready> {
  const file = Buffer.concat([Buffer.from(`${top}/`), encodePath(path)]);
  const folder = dirname(path);
  const own = join(top, folder);
  if ((await realpathOf(own)) !== join((await realpathOf(top)) ?? top, folder))
    throw refused(path, 'lies behind a symbolic link');
  const old = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw refused(path, `cannot be looked at: ${error.message}`);
  });
  if (old?.isSymbolicLink()) throw refused(path, 'is a symbolic link', 'Change the file it names.');
  if (old && !old.isFile()) throw refused(path, 'is no file');
  if (old && (old.mode & 0o222) === 0)
    throw refused(path, 'is read-only', `Make it writable: chmod u+w ${quotePath(path)}`);
  if ((old === null) !== (before === null)) throw refused(path, 'was changed since it was judged', AGAIN);
  const text = old && (await readText(path, file));
  if (before && text !== null && !isSameText(before, text))
    throw refused(path, 'is not on disk what was judged: it was changed, or git filters it', AGAIN);
  const after = edit(text);
  if (after === null) throw refused(path, 'is not written the way the fix expects', AGAIN);
  const aside = join(own, `.${basename(path)}.bulwark-${process.pid}`);
  return { path, file, aside: Buffer.from(aside), old, bytes: Buffer.from(after, 'utf8') };
}

const AGAIN = 'Run it again.';

function realpathOf(folder: string): Promise<string | null> {
  return realpath(folder).catch(() => null);
}

async function readText(path: string, file: Buffer): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    throw refused(path, `cannot be read as text: ${messageOf(error)}`);
  }
}

/** Git may keep LF and check out CRLF (gitattributes(5), `eol`): that is the same text. */
function isSameText(before: Uint8Array, text: string): boolean {
  const plain = (one: string): string => one.replaceAll('\r\n', '\n');
  return plain(Buffer.from(before).toString('utf8')) === plain(text);
}

async function replace({ file, aside, old, bytes }: Ready): Promise<void> {
  try {
    const handle = await open(aside, 'wx', 0o666);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (old) {
      await chmod(aside, old.mode & 0o7777);
      // Only root may give a file away; anybody else keeps what is theirs already.
      await chown(aside, old.uid, old.gid).catch(() => {});
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

function refused(path: string, why: string, hint?: string): UserError {
  return new UserError(`${quotePath(path)} ${why}, so nothing was written.`, hint);
}

function stopped(path: string, why: string, written: readonly string[]): UserError {
  const done =
    written.length === 0 ? 'nothing was written' : `written so far: ${written.map(quotePath).join(', ')}`;
  return new UserError(`${quotePath(path)} could not be written (${why}); ${done}.`);
}
