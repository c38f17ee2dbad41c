import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { listTree } from './list-tree.ts';

test('a link to a folder is named, and what lies behind it is not', async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-test-')));
  try {
    await mkdir(join(root, 'here/below'), { recursive: true });
    await mkdir(join(root, 'elsewhere'));
    await writeFile(join(root, 'here/below/file'), '');
    await writeFile(join(root, 'elsewhere/file'), '');
    await symlink(join(root, 'elsewhere'), join(root, 'here/link'), 'junction');
    const entries = await listTree(join(root, 'here'));
    const paths = entries.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
    expect(paths.toSorted()).toEqual(['here/below', 'here/below/file', 'here/link']);
    await expect(listTree(join(root, 'nowhere'))).rejects.toThrow('ENOENT');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
