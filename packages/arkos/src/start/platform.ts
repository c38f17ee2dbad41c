import { parse as parseToml } from 'smol-toml';
import { messageOf } from '@bulwark/model';
import { builtInStage } from './compose.ts';
import { runImage } from './dockerfile.ts';
import { follow } from './follow.ts';
import { hostBuild } from './host-build.ts';
import { roleByName } from './role.ts';
import { joinFolder } from './shell.ts';
import { builtBy, builtElsewhere } from './source.ts';
import { readYaml } from './yaml-file.ts';
import type { Environment, Setting } from './follow.ts';
import type { Built, Source, Sources } from './source.ts';
import type { YamlNode } from './yaml-file.ts';
import type { Place } from '@bulwark/model';

const READERS: readonly (readonly [
  RegExp,
  (path: string, text: string, sources: Sources) => readonly Source[],
])[] = [
  [/(?:^|\/)fly(?:\.[\w-]+)?\.toml$/, fly],
  [/(?:^|\/)railway\.toml$/, railwayToml],
  [/(?:^|\/)railway\.json$/, railwayJson],
  [/(?:^|\/)nixpacks\.toml$/, nixpacks],
  [/(?:^|\/)render\.ya?ml$/, render],
  [/(?:^|\/)heroku\.yml$/, heroku],
  [/(?:^|\/)\.do\/app\.ya?ml$/, digitalOcean],
  [/(?:^|\/)app(?:\.[\w-]+)?\.ya?ml$/, appEngine],
];

export function isPlatformFile(path: string): boolean {
  return READERS.some(([pattern]) => pattern.test(path));
}

/** What hosting platforms are told to run, in their own files. */
export function platformSources(sources: Sources): readonly Source[] {
  return sources.texts.paths.flatMap((path) => {
    const reader = READERS.find(([pattern]) => pattern.test(path));
    return reader ? reader[1](path, sources.texts.get(path)!, sources) : [];
  });
}

/** One command of a platform file. */
interface Command {
  readonly name: string;
  readonly text: string;
  readonly place: Place;
  readonly folder: string;
  readonly environment: Environment;
  readonly built: Built;
}

function toSource(command: Command, { world }: Sources): Source {
  return {
    source: 'platform',
    name: command.name,
    place: command.place,
    role: roleByName([command.place.path.slice(command.place.path.lastIndexOf('/') + 1)], {
      role: 'production',
      because: 'it tells the host what to run',
    }),
    leaves: follow(command, world),
    built: command.built,
  };
}

/** A build command of the platform, or what the host does by itself. */
function buildOf(
  text: string | null,
  name: string,
  command: Omit<Command, 'built' | 'text' | 'name'>,
  sources: Sources,
): Built {
  if (text === null) return hostBuild(command.folder, sources);
  return builtBy(follow({ ...command, text }, sources.world), name);
}

/** fly.io/docs/reference/configuration */
function fly(path: string, text: string, sources: Sources): readonly Source[] {
  const toml = readToml(path, text, sources);
  const environment = tomlEnvironment(toml['env'], path, text, 'env');
  const named = tableOf(toml['build'])['dockerfile'];
  const folder = parentOf(path);
  const dockerfile = joinFolder(folder, typeof named === 'string' ? named : 'Dockerfile');
  const image = sources.images.find((it) => it.path === dockerfile);
  const stage = image?.stages.at(-1);
  const built = stage ? builtInStage(stage, image!) : hostBuild(folder, sources);
  const processes = Object.entries(tableOf(toml['processes'])).filter(
    (it): it is [string, string] => typeof it[1] === 'string',
  );
  if (processes.length > 0) {
    return processes.map(([name, command]) => {
      const place = placeOfKey(path, text, name, command);
      return stage
        ? imageSource(
            `processes.${name}`,
            place,
            runImage(stage, sources.world, { cmd: { kind: 'shell', text: command, place }, environment }),
            built,
          )
        : toSource({ name: `processes.${name}`, text: command, place, folder, environment, built }, sources);
    });
  }
  if (!stage) return [];
  return [imageSource('the image', firstLine(path), runImage(stage, sources.world, { environment }), built)];
}

function imageSource(name: string, place: Place, leaves: Source['leaves'], built: Built): Source {
  return {
    source: 'platform',
    name,
    place,
    role: roleByName([place.path.slice(place.path.lastIndexOf('/') + 1)], {
      role: 'production',
      because: 'it tells the host what to run',
    }),
    leaves,
    built,
  };
}

/** docs.railway.com/reference/config-as-code */
function railwayToml(path: string, text: string, sources: Sources): readonly Source[] {
  const toml = readToml(path, text, sources);
  const start = tableOf(toml['deploy'])['startCommand'];
  const build = tableOf(toml['build'])['buildCommand'];
  if (typeof start !== 'string') return [];
  const common = {
    place: placeOfKey(path, text, 'startCommand', start),
    folder: parentOf(path),
    environment: new Map(),
  };
  const built = buildOf(typeof build === 'string' ? build : null, 'buildCommand', common, sources);
  return [toSource({ ...common, name: 'deploy.startCommand', text: start, built }, sources)];
}

function railwayJson(path: string, text: string, sources: Sources): readonly Source[] {
  return readYaml(path, text, sources.problem).flatMap((document) => {
    const start = document.get('deploy', 'startCommand');
    if (start.text === null) return [];
    const common = { place: start.place, folder: parentOf(path), environment: new Map() };
    const built = buildOf(document.get('build', 'buildCommand').text, 'buildCommand', common, sources);
    return [toSource({ ...common, name: 'deploy.startCommand', text: start.text, built }, sources)];
  });
}

/** nixpacks.com/docs/configuration/file */
function nixpacks(path: string, text: string, sources: Sources): readonly Source[] {
  const toml = readToml(path, text, sources);
  const start = tableOf(toml['start'])['cmd'];
  if (typeof start !== 'string') return [];
  const commands = tableOf(tableOf(toml['phases'])['build'])['cmds'];
  const build = Array.isArray(commands) ? commands.filter((it) => typeof it === 'string').join('\n') : null;
  const environment = tomlEnvironment(toml['variables'], path, text, 'variables');
  const common = { place: placeOfKey(path, text, 'cmd', start), folder: parentOf(path), environment };
  return [
    toSource(
      { ...common, name: 'start.cmd', text: start, built: buildOf(build, 'phases.build', common, sources) },
      sources,
    ),
  ];
}

/** render.com/docs/blueprint-spec */
function render(path: string, text: string, sources: Sources): readonly Source[] {
  return readYaml(path, text, sources.problem).flatMap((document) =>
    document.get('services').items.flatMap((service) => {
      const start =
        service.get('startCommand').text === null
          ? service.get('dockerCommand')
          : service.get('startCommand');
      if (start.text === null) return [];
      const folder = joinFolder(parentOf(path), service.get('rootDir').text ?? '.') ?? '.';
      const common = { place: start.place, folder, environment: settingsOf(service.get('envVars')) };
      const built = buildOf(service.get('buildCommand').text, 'buildCommand', common, sources);
      return [
        toSource(
          {
            ...common,
            name: `${service.get('name').text ?? 'service'} startCommand`,
            text: start.text,
            built,
          },
          sources,
        ),
      ];
    }),
  );
}

/** devcenter.heroku.com/articles/build-docker-images-heroku-yml */
function heroku(path: string, text: string, sources: Sources): readonly Source[] {
  return readYaml(path, text, sources.problem).flatMap((document) =>
    document.get('run').entries.flatMap(([name, node]) => {
      const shown = node.isMap ? node.get('command') : node;
      const command = shown.isList ? shown.items.map((it) => it.text ?? '').join(' && ') : shown.text;
      if (command === null) return [];
      const common = { place: shown.place, folder: parentOf(path), environment: new Map() };
      return [toSource({ ...common, name: `run.${name}`, text: command, built: builtElsewhere }, sources)];
    }),
  );
}

/** docs.digitalocean.com/products/app-platform/reference/app-spec */
function digitalOcean(path: string, text: string, sources: Sources): readonly Source[] {
  return readYaml(path, text, sources.problem).flatMap((document) =>
    [...document.get('services').items, ...document.get('workers').items].flatMap((service) => {
      const start = service.get('run_command');
      if (start.text === null) return [];
      const folder =
        joinFolder('.', (service.get('source_dir').text ?? '.').replace(/^\/+/, '') || '.') ?? '.';
      const common = { place: start.place, folder, environment: settingsOf(service.get('envs')) };
      const built = buildOf(service.get('build_command').text, 'build_command', common, sources);
      return [
        toSource(
          {
            ...common,
            name: `${service.get('name').text ?? 'service'} run_command`,
            text: start.text,
            built,
          },
          sources,
        ),
      ];
    }),
  );
}

/** cloud.google.com/appengine/docs/standard/reference/app-yaml */
function appEngine(path: string, text: string, sources: Sources): readonly Source[] {
  return readYaml(path, text, sources.problem).flatMap((document) => {
    if (!(document.get('runtime').text ?? '').startsWith('nodejs')) return [];
    const entrypoint = document.get('entrypoint');
    const environment = settingsOf(document.get('env_variables'));
    const place = entrypoint.exists ? entrypoint.place : document.get('runtime').place;
    const folder = parentOf(path);
    const common = { place, folder, environment, built: hostBuild(folder, sources) };
    return [toSource({ ...common, name: 'entrypoint', text: entrypoint.text ?? 'npm start' }, sources)];
  });
}

function settingsOf(node: YamlNode): Environment {
  return new Map(node.variables.map(([name, setting]): [string, Setting] => [name, setting]));
}

type Table = Readonly<Record<string, unknown>>;

function readToml(path: string, text: string, sources: Sources): Table {
  try {
    return parseToml(text);
  } catch (error) {
    sources.problem({ path, message: `is not valid TOML: ${messageOf(error).split('\n')[0]}` });
    return {};
  }
}

function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function tomlEnvironment(value: unknown, path: string, text: string, _table: string): Environment {
  return new Map(
    Object.entries(tableOf(value)).map(([name, own]): [string, Setting] => [
      name,
      { value: String(own), place: placeOfKey(path, text, name, String(own)) },
    ]),
  );
}

/** The line that gives a key this value; the parser keeps no places. */
function placeOfKey(path: string, text: string, key: string, value: string): Place {
  const lines = text.split('\n');
  const has = (line: string): boolean => new RegExp(String.raw`^\s*["']?${key}["']?\s*=`).test(line);
  const exact = lines.findIndex((line) => has(line) && line.includes(value.slice(0, 20)));
  const index = exact === -1 ? lines.findIndex(has) : exact;
  const at = Math.max(index, 0);
  return {
    path,
    line: at + 1,
    column: 1,
    endLine: at + 1,
    endColumn: (lines[at] ?? '').trimEnd().length + 1,
  };
}

function firstLine(path: string): Place {
  return { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
