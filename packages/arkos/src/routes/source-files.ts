import { inApp, startOf } from '@bulwark/model';
import { decodeText } from '../start/decode-text.ts';
import type { App, Generation, Place, Snapshot } from '@bulwark/model';

export type Extension = 'ts' | 'js';

/** Where an app's sources are, and which of them Arkos loads. */
export interface SourceFiles {
  readonly extension: Extension;
  /** The file Arkos loads for a path without extension, from the app's root; `null` if there is none. */
  find(base: string): string | null;
  /** A file of that name with the other extension: loaded in some builds, and nobody can say which. */
  findStray(base: string): string | null;
  /** Where to point for something that is nowhere. */
  readonly nowhere: Place;
}

/** Which extension Arkos looks for (FACTS §1.2). @throws ReadError */
export async function findSourceFiles(
  snapshot: Snapshot,
  app: Pick<App, 'root'>,
  generation: Generation,
): Promise<SourceFiles> {
  const extension = (await isTypeScript(snapshot, app, generation)) ? 'ts' : 'js';
  const at = (base: string, ext: Extension): string | null => {
    const path = inApp(app, `${base}.${ext}`);
    return snapshot.file(path) ? path : null;
  };
  return {
    extension,
    find: (base) => at(base, extension),
    findStray: (base) => at(base, extension === 'ts' ? 'js' : 'ts'),
    nowhere: startOf(inApp(app, 'package.json')),
  };
}

async function isTypeScript(
  snapshot: Snapshot,
  app: Pick<App, 'root'>,
  generation: Generation,
): Promise<boolean> {
  const has = (path: string): boolean => snapshot.file(inApp(app, path)) !== undefined;
  if (generation === '1.6' || generation === '1.7' || generation === '2.0-next') {
    return has('tsconfig.json') || (await dependsOnTypeScript(snapshot, inApp(app, 'package.json')));
  }
  return has('src/app.ts') && (has('tsconfig.json') || !has('src/app.js'));
}

async function dependsOnTypeScript(snapshot: Snapshot, path: string): Promise<boolean> {
  const file = snapshot.file(path);
  if (!file) return false;
  try {
    const manifest: unknown = JSON.parse(decodeText(await snapshot.read(file)));
    return ['dependencies', 'devDependencies', 'peerDependencies'].some((field) => {
      const list = (manifest as Record<string, unknown> | null)?.[field];
      return typeof list === 'object' && list !== null && 'typescript' in list;
    });
  } catch {
    return false;
  }
}
