/** Which file of an app Arkos takes the configuration from (FACTS §1.2, §1.3). */
import type { Snapshot } from '@bulwark/model';
import type { Behaviour } from '../generations/behaviour.ts';
import { inFolder } from '../version/folders.ts';
import type { Manifests } from '../version/manifests.ts';
import { objectAt } from '../version/read-json.ts';

export interface ConfigFileSources {
  readonly snapshot: Snapshot;
  readonly manifests: Manifests;
}

/** The config file that release looks for, or else its twin, which is there in vain. */
export async function configFileOf(
  behaviour: Behaviour,
  sources: ConfigFileSources,
  folder: string,
): Promise<string | null> {
  const wanted = await devExtension(behaviour, sources, folder);
  const found = [wanted, 'ts', 'js']
    .map((extension) => inFolder(folder, `arkos.config.${extension}`))
    .find((path) => sources.snapshot.file(path));
  return found ?? null;
}

/** The file that calls `arkos.init`, up to 1.3. */
export function initFileOf(snapshot: Snapshot, folder: string): string | null {
  const found = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs']
    .map((extension) => inFolder(folder, `src/app.${extension}`))
    .find((path) => snapshot.file(path));
  return found ?? null;
}

/** The extension `arkos dev` looks for: `arkos.config.<it>` and nothing else. */
export async function devExtension(
  behaviour: Behaviour,
  sources: ConfigFileSources,
  folder: string,
): Promise<'ts' | 'js'> {
  if (behaviour.configExtension === 'tsconfig-or-dependency')
    return (await usesTypeScript(sources, folder)) ? 'ts' : 'js';
  const { snapshot } = sources;
  const hasTsconfig = snapshot.file(inFolder(folder, 'tsconfig.json')) !== undefined;
  const hasJsEntry = snapshot.file(inFolder(folder, 'src/app.js')) !== undefined;
  const hasTsEntry = snapshot.file(inFolder(folder, 'src/app.ts')) !== undefined;
  return hasTsEntry && (hasTsconfig || !hasJsEntry) ? 'ts' : 'js';
}

/** ≥1.6: a tsconfig beside the app, or typescript among what the app's own manifest asks for. */
export async function usesTypeScript(
  { snapshot, manifests }: ConfigFileSources,
  folder: string,
): Promise<boolean> {
  if (snapshot.file(inFolder(folder, 'tsconfig.json'))) return true;
  const manifest = await manifests.at(folder);
  return ['dependencies', 'devDependencies', 'peerDependencies'].some((group) =>
    Object.hasOwn(objectAt(manifest?.content, group), 'typescript'),
  );
}
