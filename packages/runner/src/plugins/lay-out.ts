/**
 * A plugin's files, out of git and onto the disk, where Node can import them:
 *
 *     .git/bulwark/plugins-<key>/tree/<path of each file>
 *                                tree/package.json              says what `.js` is
 *                                tree/node_modules/bulwark      this very package
 *                                tree/…/node_modules, node_modules  the work tree's own, by link
 *
 * The key names all of it, so other code has another address, and one that is whole can be used again.
 */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLUGIN_FOLDERS, keepNewest, listTree, makePrivateFolder } from '@bulwark/daemon/store';
import type { PluginCode } from '@bulwark/engine';
import { UserError, fingerprint, messageOf } from '@bulwark/model';

export interface LaidOut {
  /** Absolute path of the folder that stands for the root of the repository. */
  readonly tree: string;
  /** Absolute path of the folder around it, for what is known of the code. */
  readonly folder: string;
}

/** Of all worktrees, branches and plugins together; older ones are laid out anew when they are asked for. */
const MOST_FOLDERS = 24;

/** The package `bulwark`, from the source and from the bundle alike. */
const OWN_PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

/** @throws UserError where there is no folder that is this user's alone. */
export async function layOut(code: PluginCode): Promise<LaidOut> {
  const links = await linksOf(code);
  const key = fingerprint(
    OWN_PACKAGE,
    code.type,
    ...links.flatMap(({ path, to }) => [path, to]),
    ...code.files.flatMap(({ path, blob }) => [path, String(blob)]),
  ).slice(0, 32);
  const parent = join(code.commonDir, 'bulwark');
  const folder = join(parent, PLUGIN_FOLDERS + key);
  const tree = join(folder, 'tree');
  if (!(await makePrivateFolder(parent))) throw noPlace(parent, 'it is not a folder of this user alone');
  if ((await makePrivateFolderIfThere(folder)) && (await isWhole(folder, code, links)))
    return { tree, folder };
  try {
    await write(folder, code, links);
    await keepNewest(parent, { entries: MOST_FOLDERS, bytes: Infinity }, PLUGIN_FOLDERS);
  } catch (error) {
    throw noPlace(folder, messageOf(error), error);
  }
  if (!(await isWhole(folder, code, links))) throw noPlace(folder, 'what was written is not what it holds');
  return { tree, folder };
}

function noPlace(path: string, why: string, cause?: unknown): UserError {
  return new UserError(
    `plugins cannot be laid out in ${path}: ${why}`,
    'See that this user can write there.',
    { cause },
  );
}

interface Link {
  /** From the folder. */
  readonly path: string;
  /** Absolute. */
  readonly to: string;
}

/** Where Node looks for packages: beside each folder above the plugin, as in the work tree. */
async function linksOf({ entries, topLevel }: PluginCode): Promise<Link[]> {
  const links: Link[] = [{ path: 'tree/node_modules/bulwark', to: OWN_PACKAGE }];
  if (topLevel === null) return links;
  for (let folder = posix.dirname(entries[0]!); ; folder = posix.dirname(folder)) {
    const to = join(topLevel, folder, 'node_modules');
    const path = folder === '.' ? 'node_modules' : `tree/${folder}/node_modules`;
    if ((await lstat(to).catch(() => null)) !== null) links.push({ path, to });
    if (folder === '.') return links;
  }
}

async function makePrivateFolderIfThere(folder: string): Promise<boolean> {
  return (await lstat(folder).catch(() => null)) !== null && makePrivateFolder(folder);
}

/** Written aside and renamed; whoever was first is as good, and what was broken gives way. */
async function write(folder: string, code: PluginCode, links: readonly Link[]): Promise<void> {
  const aside = `${folder}.${process.pid}.aside`;
  await rm(aside, { recursive: true, force: true });
  try {
    await mkdir(aside, { mode: 0o700 });
    for (const file of code.files) {
      const path = join(aside, 'tree', file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await code.read(file), { mode: 0o600 });
    }
    await writeFile(join(aside, MANIFEST), manifestOf(code));
    for (const { path, to } of links) {
      await mkdir(dirname(join(aside, path)), { recursive: true });
      await symlink(to, join(aside, path), 'junction');
    }
    await rename(aside, folder).catch(async () => {
      // Another process was first; what it wrote may be in use.
      if (await isWhole(folder, code, links)) return;
      await rm(folder, { recursive: true, force: true });
      await rename(aside, folder);
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

const MANIFEST = 'tree/package.json';

function manifestOf({ type }: Pick<PluginCode, 'type'>): string {
  return `${JSON.stringify({ type })}\n`;
}

/** Whether there is exactly what should be: every file with the bytes its blob id names, every link, nothing else. */
async function isWhole(folder: string, code: PluginCode, links: readonly Link[]): Promise<boolean> {
  const files = new Map(code.files.map(({ path, blob }) => [`tree/${path}`, blob]));
  const targets = new Map(links.map(({ path, to }) => [path, to]));
  const entries = await listTree(folder).catch(() => []);
  let seen = 0;
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path
      .slice(folder.length + 1)
      .split('\\')
      .join('/');
    if (name === KNOWN_IMPORTS) continue;
    if (entry.isSymbolicLink()) {
      if ((await readlink(path)).replace(/[\\/]$/, '') !== targets.get(name)?.replace(/[\\/]$/, ''))
        return false;
    } else {
      const bytes = await readFile(path).catch(() => null);
      if (bytes === null) return false;
      if (name === MANIFEST && !files.has(name)) {
        if (bytes.toString() !== manifestOf(code)) return false;
      } else if (blobId(bytes, files.get(name)) !== files.get(name)) return false;
    }
    seen += 1;
  }
  return seen === files.size + targets.size + (files.has(MANIFEST) ? 0 : 1);
}

/** Beside the tree: what `readImports` found. */
export const KNOWN_IMPORTS = 'imports.json';

/** Git's name for these bytes (git-hash-object(1)), in the format of another one. */
function blobId(bytes: Uint8Array, like: string | null | undefined): string | undefined {
  if (!like) return undefined;
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
