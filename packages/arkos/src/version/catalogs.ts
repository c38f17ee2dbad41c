import type { Snapshot } from '@bulwark/model';
import { parse as parseYaml } from 'yaml';
import { foldersUp, inFolder } from './folders.ts';
import { objectAt, readJson, stringAt } from './read-json.ts';

/**
 * What a workspace's catalog says of arkos: pnpm's in `pnpm-workspace.yaml`, yarn's in `.yarnrc.yml`, bun's in
 * the root `package.json` or its `workspaces`. The default catalog has the name `''` or `default`.
 */
export async function readCatalog(
  snapshot: Snapshot,
  folder: string,
  name: string,
): Promise<{ readonly spec: string; readonly path: string } | null> {
  for (const at of foldersUp(folder)) {
    for (const file of ['pnpm-workspace.yaml', '.yarnrc.yml', 'package.json']) {
      const path = inFolder(at, file);
      const spec = specIn(await readObject(snapshot, path), name);
      if (spec !== undefined) return { spec, path };
    }
  }
  return null;
}

async function readObject(snapshot: Snapshot, path: string): Promise<unknown> {
  const file = snapshot.file(path);
  if (!file) return undefined;
  if (path.endsWith('.json')) {
    const read = await readJson(snapshot, path);
    return read.kind === 'object' ? read.object : undefined;
  }
  return parseYaml(new TextDecoder().decode(await snapshot.read(file)));
}

function specIn(holder: unknown, name: string): string | undefined {
  const isDefault = name === '' || name === 'default';
  for (const root of [holder, objectAt(holder, 'workspaces')]) {
    const spec =
      stringAt(objectAt(root, 'catalogs', isDefault ? 'default' : name), 'arkos') ??
      (isDefault ? stringAt(objectAt(root, 'catalog'), 'arkos') : undefined);
    if (spec !== undefined) return spec;
  }
  return undefined;
}
