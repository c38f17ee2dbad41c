/** Names for folders that no other plugin makes a project of. Where one does, its name wins. */
import { parseManifest, readIfThere } from './find-apps.ts';
import { inFolder } from './folders.ts';

/** @param files the configuration files of the workspace. */
export function projectNames(
  workspaceRoot: string,
  files: readonly string[],
): (folder: string) => { readonly name?: string } {
  const known = new Set(files);
  const read = (path: string): string => readIfThere(`${workspaceRoot}/${path}`);
  const isPackage = packagePatterns(read('package.json'), read('pnpm-workspace.yaml'));
  return (folder) => {
    if (known.has(inFolder(folder, 'project.json'))) return {};
    const manifest = inFolder(folder, 'package.json');
    if (known.has(manifest) && isPackage.some((pattern) => pattern.test(folder))) return {};
    const { name } = parseManifest(known.has(manifest) ? read(manifest) : '');
    if (typeof name === 'string' && name !== '') return { name };
    return { name: folder === '' ? 'workspace' : folder.replaceAll('/', '-') };
  };
}

/** The plain ones among the patterns of the package manager: of the others, names are looked up in vain at worst. */
function packagePatterns(manifest: string, pnpm: string): readonly RegExp[] {
  const { workspaces } = parseManifest(manifest) as { workspaces?: unknown };
  const said: unknown = Array.isArray(workspaces)
    ? workspaces
    : (workspaces as { packages?: unknown } | undefined)?.packages;
  const globs = [
    ...(Array.isArray(said) ? said.filter((glob): glob is string => typeof glob === 'string') : []),
    ...[...pnpm.matchAll(/^\s*-\s*(['"]?)([^'"\s#]+)\1\s*$/gm)].map(([, , glob]) => glob!),
  ];
  // What one takes out again may be any of them.
  if (globs.some((glob) => glob.startsWith('!'))) return [];
  return globs
    .map((glob) => glob.replace(/^\.\//, '').replace(/\/$/, ''))
    .filter((glob) => /^[\w@.-]+(?:\/[\w@.-]+)*(?:\/\*)?$/.test(glob))
    .map((glob) => new RegExp(`^${glob.replaceAll('.', String.raw`\.`).replace('*', '[^/]+')}$`));
}
