/** Apps → the Nx projects that judge them. */
import { foldersUp, isBelow, parentOf } from './folders.ts';

export interface JudgedProject {
  /** Folder from the workspace root, never the root itself. */
  readonly folder: string;
  /** Folders of other projects inside this one. Their files are not among its own, but lie in the folder it judges. */
  readonly within: readonly string[];
}

/**
 * An app belongs to the nearest folder with a `package.json` or a `project.json`; one with nothing of the kind below
 * the workspace root is a project by itself. An app at the root is the workspace's.
 */
export function placeApps(apps: readonly string[], files: readonly string[]): readonly JudgedProject[] {
  const projects = new Set(
    files.filter((file) => /(?:^|\/)(?:package|project)\.json$/.test(file)).map(parentOf),
  );
  const folders = new Set(
    apps
      .filter((app) => app !== '')
      .map((app) => foldersUp(app).find((folder) => folder !== '' && projects.has(folder)) ?? app),
  );
  const insideOf = new Map<string, string[]>([...folders].map((folder) => [folder, []]));
  for (const project of projects)
    for (const above of foldersUp(parentOf(project)))
      if (above !== project && insideOf.has(above)) insideOf.get(above)!.push(project);
  return [...insideOf]
    .map(([folder, within]) => ({ folder, within: outermost(within) }))
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

function outermost(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !folders.some((other) => isBelow(folder, other))).toSorted();
}
