import { readDatabaseUrls } from './database-urls.ts';
import { ciSources, isWorkflow } from './ci.ts';
import { composeBuilds, composeSources, isComposeFile } from './compose.ts';
import { dockerSources, isDockerfile } from './docker-sources.ts';
import { readImage } from './dockerfile.ts';
import { nearestIgnoreFile, readIgnoreRules } from './git-ignore.ts';
import { copiesByEnvFile, imageCopies } from './image-copies.ts';
import { helmSources, isHelmValues, kubernetesSources } from './kubernetes.ts';
import { scriptSources } from './package-scripts.ts';
import { readPackages } from './packages.ts';
import { isPlatformFile, platformSources } from './platform.ts';
import { isEcosystem, pm2Sources } from './pm2.ts';
import { isProcfile, procfileSources } from './procfile.ts';
import { builds, builtElsewhere } from './source.ts';
import { isSystemdUnit, systemdSources } from './systemd.ts';
import { readTexts } from './text-files.ts';
import { toCommands } from './to-commands.ts';
import type { Image } from './dockerfile.ts';
import type { World } from './follow.ts';
import type { IgnoreMatcher } from './git-ignore.ts';
import type { Source, Sources } from './source.ts';
import type { TextFiles } from './text-files.ts';
import type { Evaluating } from '../routes/evaluate-export.ts';
import type { Snapshot, StartCommand, StartFacts, StartProblem, StartSource } from '@bulwark/model';

/** An app, and what its version makes of it. */
export interface AppToStart {
  /** Folder from the snapshot's root, `.` for the root. */
  readonly root: string;
  /** Env files its version reads (names from the app's root), by mode (FACTS §1.6). */
  readonly envFiles: Readonly<Record<string, readonly string[]>>;
  /** The modes that face users; their env files must not be in an image. */
  readonly liveModes: readonly string[];
}

/** The starting facts of every app of a workspace, gathered at once: the files that tell are shared. */
export interface WorkspaceStart {
  forApp(root: string): StartFacts;
}

/**
 * Follows everything the repository says of starting its apps (FACTS §2) to the last command, and reads what
 * surrounds a start: images, database addresses, ignore rules.
 * @param wanted the roots that will be asked about; all if left out.
 * @throws ReadError if a file of the snapshot cannot be read.
 */
export async function gatherStart(
  snapshot: Snapshot,
  apps: readonly AppToStart[],
  evaluating: Evaluating,
  wanted: readonly string[] = apps.map(({ root }) => root),
): Promise<WorkspaceStart> {
  const problems: StartProblem[] = [];
  const [packages, texts, ignores] = await Promise.all([
    readPackages(snapshot),
    readTexts(snapshot, ({ path }) => tells(path, snapshot)),
    readIgnoreRules(snapshot),
  ]);
  problems.push(...packages.problems);
  const roots = apps.map(({ root }) => root);
  const world: World = {
    packages,
    script: (path) => {
      const text = texts.get(path);
      return text === null || !isScript(path) ? null : { path, text };
    },
    locate: (folder) => (folder.startsWith('/') ? null : folder),
    fallback: roots.length === 1 ? roots[0]! : null,
  };
  const sources: Sources = {
    snapshot,
    texts,
    world,
    apps: roots,
    images: readImages(snapshot, texts, world, apps),
    problem: (problem) => problems.push(problem),
  };
  const found: readonly Source[] = [
    ...scriptSources(sources),
    ...dockerSources(sources),
    ...composeSources(sources),
    ...procfileSources(sources),
    ...(await pm2Sources(sources, evaluating)),
    ...systemdSources(sources),
    ...kubernetesSources(sources),
    ...helmSources(sources),
    ...platformSources(sources),
    ...ciSources(sources),
  ];
  const byRoot = placeCommands(found, roots, problems);
  const databaseUrls = await readDatabaseUrls(snapshot, roots, evaluating, problems, new Set(wanted));
  const copies = copiesByEnvFile(sources.images);
  const byName = new Map(apps.map((app) => [app.root, app]));
  return {
    forApp: (root) => {
      const app = byName.get(root)!;
      const ignoreFile = nearestIgnoreFile(snapshot, root);
      return {
        commands: byRoot.get(root) ?? [],
        imageCopies: imageCopies(copies, liveEnvFiles(app)),
        databaseUrls: databaseUrls.get(root) ?? [],
        envFiles: envFileAnswers(app, snapshot, ignores),
        ...(ignoreFile !== null && { ignoreFile }),
        problems,
      };
    },
  };
}

/** Every command with the app it runs in: the deepest root at or above its folder. */
function placeCommands(
  found: readonly Source[],
  roots: readonly string[],
  problems: StartProblem[],
): ReadonlyMap<string, readonly StartCommand[]> {
  const isBuiltSomewhere = found.some(({ source, leaves }) => source !== 'package-script' && builds(leaves));
  const byRoot = new Map<string, StartCommand[]>(roots.map((root) => [root, []]));
  const known = new Set(roots);
  const buildScript = buildScripts(found, known);
  const seen = new Set<string>();
  for (const source of found) {
    for (const { folder, command } of toCommands(source)) {
      const { path, line, column } = command.place;
      const key = [folder, command.source, command.name, path, line, column, command.text].join('\0');
      if (seen.has(key)) continue;
      seen.add(key);
      const root = folder === null ? null : rootAbove(folder, known);
      if (root !== null)
        byRoot.get(root)!.push(settleBuild(command, buildScript.get(root), isBuiltSomewhere));
      else if (folder === null && command.command.startsWith('arkos')) {
        problems.push({
          path: source.place.path,
          message: `runs \`${command.text}\`, but for which app cannot be told`,
        });
      }
    }
  }
  return byRoot;
}

/** Sources that start what something else, outside the file, has put there. */
const WITHOUT_BUILD: ReadonlySet<StartSource> = new Set<StartSource>([
  'package-script',
  'nx-target',
  'pm2',
  'systemd',
  'kubernetes',
  'helm',
  'compose',
]);

/**
 * Where the file that starts an app is not the one that builds it: a script that builds, beside the one that
 * starts, is what whoever sets it up runs first. In a repository that builds nowhere it is not built.
 */
function settleBuild(
  command: StartCommand,
  buildScript: string | undefined,
  isBuiltSomewhere: boolean,
): StartCommand {
  const needsBuild = command.command === 'arkos start' || command.command === 'node .build';
  if (!needsBuild || command.buildBefore !== 'unknown' || !WITHOUT_BUILD.has(command.source)) return command;
  if (command.because !== builtElsewhere.because && command.source !== 'package-script') return command;
  if (buildScript !== undefined) {
    return {
      ...command,
      buildBefore: 'yes',
      because: `the script "${buildScript}" beside it runs arkos build`,
    };
  }
  return isBuiltSomewhere
    ? command
    : { ...command, buildBefore: 'no', because: 'nothing in the repository runs arkos build' };
}

/** App → the script that builds it. */
function buildScripts(found: readonly Source[], roots: ReadonlySet<string>): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>();
  for (const { source, name, leaves } of found) {
    if (source !== 'package-script') continue;
    for (const { command, folder } of leaves) {
      const root = command === 'arkos build' && folder !== null ? rootAbove(folder, roots) : null;
      if (root !== null && !scripts.has(root)) scripts.set(root, name.replace('scripts.', ''));
    }
  }
  return scripts;
}

/** The deepest root at or above a path. */
function rootAbove(path: string, roots: ReadonlySet<string>): string | null {
  if (roots.has(path)) return path;
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (roots.has(path.slice(0, at))) return path.slice(0, at);
  }
  return roots.has('.') ? '.' : null;
}

/** Each Dockerfile with the contexts compose files give it, or the one that fits. */
function readImages(
  snapshot: Snapshot,
  texts: TextFiles,
  world: World,
  apps: readonly AppToStart[],
): readonly Image[] {
  const composed = composeBuilds(texts.paths.filter(isComposeFile).map((path) => [path, texts.get(path)!]));
  const folders = new Set<string>(['.']);
  for (const { path } of snapshot.files) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      if (folders.has(path.slice(0, at))) break;
      folders.add(path.slice(0, at));
    }
  }
  const envFiles = (): readonly string[] => apps.flatMap((app) => [...liveEnvFiles(app)]);
  const byRoot = new Map(apps.map((app) => [app.root, app]));
  const roots = new Set(byRoot.keys());
  return texts.paths.filter(isDockerfile).flatMap((path) => {
    const contexts = new Set(composed.filter((it) => it.dockerfile === path).map((it) => it.context));
    const own = rootAbove(path, roots);
    return (contexts.size > 0 ? [...contexts] : [null]).map((context) =>
      readImage({
        path,
        text: texts.get(path)!,
        context,
        snapshot,
        hasFolder: (folder) => folders.has(folder),
        texts,
        world: { ...world, fallback: world.fallback ?? own },
        // A Dockerfile in an app's folder is that app's; any other may be anyone's.
        envFiles: own === null ? envFiles() : [...liveEnvFiles(byRoot.get(own)!)],
      }),
    );
  });
}

function liveEnvFiles(app: AppToStart): ReadonlySet<string> {
  return new Set(
    app.liveModes.flatMap((mode) => app.envFiles[mode] ?? []).map((name) => inRoot(app.root, name)),
  );
}

function envFileAnswers(app: AppToStart, snapshot: Snapshot, ignores: IgnoreMatcher): StartFacts['envFiles'] {
  const modes = new Map<string, string[]>();
  for (const [mode, names] of Object.entries(app.envFiles)) {
    for (const name of names) modes.set(name, [...(modes.get(name) ?? []), mode]);
  }
  return [...modes].map(([name, own]) => {
    const path = inRoot(app.root, name);
    return { path, modes: own, ignore: ignores(path), isTracked: snapshot.file(path) !== undefined };
  });
}

function inRoot(root: string, name: string): string {
  return root === '.' ? name : `${root}/${name}`;
}

function isScript(path: string): boolean {
  return path.endsWith('.sh') || !/\.[\w-]+$/.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Files that say how something is started; packages/nx names them to Nx. */
function tells(path: string, snapshot: Snapshot): boolean {
  if (/(?:^|\/)node_modules\//.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    path.endsWith('.sh') ||
    name.endsWith('.dockerignore') ||
    /^(?:docker-)?entrypoint$|^start$|^\.env/.test(name) ||
    isDockerfile(path) ||
    isComposeFile(path) ||
    isProcfile(path) ||
    isEcosystem(path) ||
    isSystemdUnit(path) ||
    isPlatformFile(path) ||
    isWorkflow(path) ||
    isHelmValues(
      path,
      (folder) => snapshot.file(folder === '.' ? 'Chart.yaml' : `${folder}/Chart.yaml`) !== undefined,
    ) ||
    (/\.ya?ml$/.test(path) && !/^(?:pnpm-lock|pnpm-workspace|package-lock)\.ya?ml$/.test(name))
  );
}
