import { parse as parseEnv } from 'dotenv';
import { ContainerFolders } from './container-folders.ts';
import { runImage } from './dockerfile.ts';
import { expandVariables } from './expand-variables.ts';
import { roleByName } from './role.ts';
import { joinFolder, readShell } from './shell.ts';
import { builtBy, builtElsewhere } from './source.ts';
import { readYaml } from './yaml-file.ts';
import type { Image, ImageCommand, Stage } from './dockerfile.ts';
import type { Environment, Leaf, Setting } from './follow.ts';
import type { Built, Source, Sources } from './source.ts';
import type { Role } from './role.ts';
import type { YamlNode } from './yaml-file.ts';

export function isComposeFile(path: string): boolean {
  return /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(path);
}

/** A `build:` of a compose file: which Dockerfile, from which context, up to which stage. */
export interface ComposeBuild {
  readonly dockerfile: string;
  readonly context: string;
  readonly target: string | null;
}

/** Every build of every compose file (docs.docker.com/reference/compose-file/build). */
export function composeBuilds(files: readonly (readonly [string, string])[]): readonly ComposeBuild[] {
  return files.flatMap(([path, text]) =>
    servicesIn(path, text, () => undefined).flatMap(([, service]) => buildOf(path, service) ?? []),
  );
}

export function composeSources(sources: Sources): readonly Source[] {
  return sources.texts.paths
    .filter(isComposeFile)
    .flatMap((path) =>
      servicesIn(path, sources.texts.get(path)!, sources.problem).flatMap(([name, service]) =>
        serviceSource(path, name, service, sources),
      ),
    );
}

function servicesIn(
  path: string,
  text: string,
  problem: Sources['problem'],
): readonly (readonly [string, YamlNode])[] {
  return readYaml(path, text, problem).flatMap((document) => document.get('services').entries);
}

function buildOf(path: string, service: YamlNode): ComposeBuild | null {
  const build = service.get('build');
  if (!build.exists) return null;
  const context = joinFolder(parentOf(path), build.text ?? build.get('context').text ?? '.');
  if (context === null) return null;
  const dockerfile = joinFolder(context, build.get('dockerfile').text ?? 'Dockerfile');
  return dockerfile === null ? null : { dockerfile, context, target: build.get('target').text };
}

function serviceSource(path: string, name: string, service: YamlNode, sources: Sources): readonly Source[] {
  const build = buildOf(path, service);
  const image =
    build && sources.images.find((it) => it.path === build.dockerfile && it.context === build.context);
  const target = build?.target?.toLowerCase();
  const stage = image
    ? target
      ? image.stages.find((it) => it.name === target)
      : image.stages.at(-1)
    : undefined;
  const command = commandOf(service.get('command'));
  const entrypoint = commandOf(service.get('entrypoint'));
  if (!stage && !command && !entrypoint) return [];
  const environment = environmentOf(path, service, sources);
  const leaves = runImage(withVolumes(stage ?? BARE, path, service), sources.world, {
    ...(entrypoint && { entrypoint }),
    ...(command && { cmd: command }),
    environment,
  });
  const shown = service.get(command ? 'command' : entrypoint ? 'entrypoint' : 'build');
  return [
    {
      source: 'compose',
      name: `services.${name}`,
      place: shown.place,
      role: roleOf(path, name, service, environment, leaves),
      leaves,
      built: stage ? builtInStage(stage, image ?? null) : builtElsewhere,
    },
  ];
}

/** What an image's own steps say of the build. */
export function builtInStage(stage: Stage, image: Image | null): Built {
  const built = builtBy(stage.runs, image ? image.path : 'the image');
  return built.answer === 'no' && stage.copiesBuild
    ? {
        answer: 'unknown',
        because: 'the image takes .build from the build context, where something else made it',
      }
    : built;
}

const BARE: Stage = {
  name: null,
  folder: '/',
  environment: new Map(),
  folders: new ContainerFolders(),
  entrypoint: null,
  cmd: null,
  runs: [],
  envFiles: new Map(),
  copiesBuild: false,
};

/** `./apps/api:/app` puts a folder of the repository over what the image has. */
function withVolumes(stage: Stage, path: string, service: YamlNode): Stage {
  const folders = ContainerFolders.from(stage.folders);
  for (const volume of service.get('volumes').items) {
    const [from, to] = volume.isMap
      ? [volume.get('source').text, volume.get('target').text]
      : (volume.text ?? '').split(':');
    const outside = from?.startsWith('.') ? joinFolder(parentOf(path), from) : null;
    if (outside !== null && to?.startsWith('/')) folders.link(joinFolder('/', to) ?? to, outside);
  }
  const workingDir = service.get('working_dir').text;
  return { ...stage, folders, folder: workingDir ?? stage.folder };
}

function commandOf(node: YamlNode): ImageCommand | null {
  if (!node.exists) return null;
  if (node.isList) {
    const words = node.items.map((item) => interpolated(item.text ?? ''));
    return { kind: 'words', words, place: node.place };
  }
  // Compose splits the text into words as a shell would, but runs no shell.
  const text = interpolated(node.text ?? '');
  const { commands } = readShell(text, null);
  const [only] = commands;
  const words = commands.length === 1 && !/[;&|]/.test(text) ? only!.words : null;
  return words?.every((word): word is string => word !== null)
    ? { kind: 'words', words, place: node.place }
    : { kind: 'shell', text, place: node.place };
}

/** A variable of the shell that calls compose stays as it is written, and so unknown. */
function interpolated(text: string): string {
  return expandVariables(text, () => null) ?? text;
}

function environmentOf(path: string, service: YamlNode, sources: Sources): Environment {
  const environment = new Map<string, Setting>();
  const files = service.get('env_file');
  for (const file of files.isList ? files.items : [files]) {
    const name = file.text ?? file.get('path').text;
    const where = name === null ? null : joinFolder(parentOf(path), name);
    const text = where === null ? null : sources.texts.get(where);
    if (text === null) continue;
    for (const [variable, value] of Object.entries(parseEnv(text))) {
      environment.set(variable, { value, place: file.place });
    }
  }
  for (const [variable, { value, place }] of service.get('environment').variables) {
    environment.set(variable, { value: value === null ? null : expandVariables(value, () => null), place });
  }
  return environment;
}

function roleOf(
  path: string,
  name: string,
  service: YamlNode,
  environment: Environment,
  leaves: readonly Leaf[],
): Role {
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/^(?:docker-)?compose/, '');
  const named = roleByName([file, name, service.get('build', 'target').text ?? ''], {
    role: 'unknown',
    because: 'a compose file may serve users or a developer',
  });
  if (named.role !== 'unknown') return named;
  const restart = service.get('restart').text ?? '';
  if (/^(?:always|unless-stopped)$/.test(restart) || service.get('deploy').exists) {
    return { role: 'production', because: 'it restarts by itself, as a service for users does' };
  }
  const mode = environment.get('NODE_ENV')?.value;
  if (mode === 'production') return { role: 'production', because: 'it sets NODE_ENV=production' };
  // NODE_ENV=development under `arkos start` is what a slip looks like, and says nothing of whom it serves.
  return mode === 'development' && leaves.some(({ command }) => command === 'arkos dev')
    ? { role: 'development', because: 'it runs arkos dev with NODE_ENV=development' }
    : named;
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
