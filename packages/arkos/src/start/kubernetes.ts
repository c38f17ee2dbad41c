import { runImage } from './dockerfile.ts';
import { followWords } from './follow.ts';
import { roleByName } from './role.ts';
import { builtInStage } from './compose.ts';
import { builtElsewhere } from './source.ts';
import { readYaml } from './yaml-file.ts';
import type { Image } from './dockerfile.ts';
import type { Environment, Setting } from './follow.ts';
import type { Role } from './role.ts';
import type { Source, Sources } from './source.ts';
import type { YamlNode } from './yaml-file.ts';
import type { StartSource } from '@bulwark/model';

const WORKLOADS: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
  'Service',
  'Rollout',
]);

export function isManifest(path: string, text: string): boolean {
  return (
    /\.ya?ml$/.test(path) &&
    !text.includes('{{') &&
    /^\s*["']?kind["']?:\s*["']?[A-Z]/m.test(text) &&
    /^\s*["']?apiVersion["']?:/m.test(text)
  );
}

export function isHelmValues(path: string, hasChart: (folder: string) => boolean): boolean {
  return /(?:^|\/)values[\w.-]*\.ya?ml$/.test(path) && hasChart(parentOf(path));
}

/** The containers of every manifest (kubernetes.io/docs/reference/kubernetes-api/workload-resources). */
export function kubernetesSources(sources: Sources): readonly Source[] {
  return sources.texts.paths.flatMap((path) => {
    const text = sources.texts.get(path)!;
    if (!isManifest(path, text)) return [];
    return readYaml(path, text, sources.problem).flatMap((document) => {
      const kind = document.get('kind').text ?? '';
      if (!WORKLOADS.has(kind)) return [];
      const spec = document.get('spec');
      const pod = [
        spec.get('jobTemplate', 'spec', 'template', 'spec'),
        spec.get('template', 'spec'),
        spec,
      ].find((it) => it.get('containers').isList);
      const name = document.get('metadata', 'name').text ?? kind;
      return (pod?.get('containers').items ?? []).flatMap((container) =>
        containerSource('kubernetes', `${kind} ${name}`, path, container, [name], sources),
      );
    });
  });
}

/** `command`, `args` and `env` of Helm values, at the top or one level down (`api.command`). */
export function helmSources(sources: Sources): readonly Source[] {
  const hasChart = (folder: string): boolean =>
    sources.snapshot.file(folder === '.' ? 'Chart.yaml' : `${folder}/Chart.yaml`) !== undefined;
  return sources.texts.paths
    .filter((path) => isHelmValues(path, hasChart))
    .flatMap((path) =>
      readYaml(path, sources.texts.get(path)!, sources.problem).flatMap((values) =>
        [['values', values] as const, ...values.entries].flatMap(([name, node]) =>
          node.get('command').exists || node.get('args').exists
            ? containerSource(
                'helm',
                name,
                path,
                node,
                [name, parentOf(path).split('/').at(-1) ?? ''],
                sources,
              )
            : [],
        ),
      ),
    );
}

function containerSource(
  source: StartSource,
  name: string,
  path: string,
  container: YamlNode,
  names: readonly string[],
  sources: Sources,
): readonly Source[] {
  const command = wordsOf(container.get('command'));
  const args = wordsOf(container.get('args'));
  const image = container.get('image').text ?? container.get('image', 'repository').text;
  const home = homeOf([container.get('name').text, ...names, imageName(image)], sources);
  const environment = environmentOf(container);
  const own = imageOf(home, sources);
  const stage = own?.stages.at(-1);
  const place = (
    container.get('command').exists
      ? container.get('command')
      : container.get('args').exists
        ? container.get('args')
        : container
  ).place;
  const start = { place, folder: container.get('workingDir').text ?? stage?.folder ?? home, environment };
  const world = home === null ? sources.world : { ...sources.world, fallback: home };
  const leaves = stage
    ? runImage(
        container.get('workingDir').text === null ? stage : { ...stage, folder: start.folder ?? '/' },
        world,
        {
          ...(command && { entrypoint: { kind: 'words', words: command, place }, cmd: null }),
          ...(args && { cmd: { kind: 'words', words: args, place } }),
          environment,
        },
      )
    : command
      ? followWords([...command, ...(args ?? [])], start, world)
      : [];
  return leaves.length === 0
    ? []
    : [
        {
          source,
          name,
          place,
          role: roleOf(path),
          leaves,
          built: stage ? builtInStage(stage, own!) : builtElsewhere,
        },
      ];
}

/** The package a container is of, if one is called like the container, its workload or its image. */
function homeOf(names: readonly (string | null)[], { world, apps }: Sources): string | null {
  for (const name of names) {
    const found =
      name === null || name === '' ? [] : world.packages.named(name).filter((it) => apps.includes(it.folder));
    if (found.length === 1) return found[0]!.folder;
  }
  return world.fallback;
}

/** The image that is built for an app: its own Dockerfile, or the only one there is. */
function imageOf(home: string | null, { images, apps }: Sources): Image | null {
  const own = images.filter((image) => home !== null && parentOf(image.path) === home);
  if (own.length === 1) return own[0]!;
  return images.length === 1 && apps.length === 1 ? images[0]! : null;
}

function environmentOf(container: YamlNode): Environment {
  const variables = [...container.get('env').variables, ...container.get('extraEnv').variables];
  return new Map(variables.map(([name, setting]): [string, Setting] => [name, setting]));
}

function wordsOf(node: YamlNode): readonly string[] | null {
  if (node.isList) return node.items.map((item) => item.text ?? '');
  return node.text === null ? null : ['sh', '-c', node.text];
}

/** `registry.example.com/team/api:1.2` → `api`. */
function imageName(image: string | null): string | null {
  return image?.split('/').at(-1)?.split(/[:@]/)[0] ?? null;
}

function roleOf(path: string): Role {
  return roleByName(path.split('/').toReversed(), { role: 'production', because: 'a cluster serves users' });
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
