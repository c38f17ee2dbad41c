import { isObject, messageOf, placeOf, property, startOf, toJson } from '@bulwark/model';
import { evaluateExport } from '../routes/evaluate-export.ts';
import { follow, followWords } from './follow.ts';
import { roleByName } from './role.ts';
import { joinFolder, readShell } from './shell.ts';
import { builtElsewhere } from './source.ts';
import { readYaml } from './yaml-file.ts';
import type { Evaluating } from '../routes/evaluate-export.ts';
import type { Environment, Setting } from './follow.ts';
import type { Source, Sources } from './source.ts';
import type { YamlNode } from './yaml-file.ts';
import type { Json, Place, Unknown, Value } from '@bulwark/model';

export function isEcosystem(path: string): boolean {
  return /(?:^|\/)(?:(?:ecosystem|pm2)(?:\.[\w-]+)*\.(?:[cm]?js|ts|json|ya?ml)|process\.(?:json|ya?ml))$/.test(
    path,
  );
}

/** One app of an ecosystem file (pm2.keymetrics.io/docs/usage/application-declaration). */
interface Entry {
  readonly plain: Readonly<Record<string, Json | undefined>>;
  readonly place: Place;
}

/** What PM2 is told to keep up. */
export async function pm2Sources(sources: Sources, evaluating: Evaluating): Promise<readonly Source[]> {
  const found: Source[] = [];
  for (const path of sources.texts.paths.filter(isEcosystem)) {
    for (const entry of await entriesOf(path, sources, evaluating))
      found.push(...sourcesOf(path, entry, sources));
  }
  return found;
}

async function entriesOf(path: string, sources: Sources, evaluating: Evaluating): Promise<readonly Entry[]> {
  if (/\.(?:json|ya?ml)$/.test(path)) {
    return readYaml(path, sources.texts.get(path)!, sources.problem).flatMap((document) =>
      document.get('apps').items.map((item) => ({ plain: plainOf(item), place: item.place })),
    );
  }
  try {
    const value = await evaluateExport(path, evaluating);
    return appsOf(value).map((app) => ({
      plain: looseObject(app, sources.texts.get(path)!),
      place: placeOf(app) ?? startOf(path),
    }));
  } catch (error) {
    sources.problem({ path, message: `could not be read: ${messageOf(error)}` });
    return [];
  }
}

function appsOf(value: Value): readonly Value[] {
  const apps = property(value, 'apps');
  if (apps.kind !== 'known' || typeof apps.value !== 'object' || apps.value === null) return [];
  return apps.value.type === 'array' ? apps.value.items : [apps];
}

/** What is known of an app, as plain JSON; `null` for what is not. */
function looseObject(value: Value, text: string): Entry['plain'] {
  const data = value.kind === 'known' ? value.value : null;
  if (typeof data !== 'object' || data === null || !isObject(data)) return {};
  return Object.fromEntries(
    Object.entries(data.entries).map(([key, { value: inner, place }]): [string, Json] => {
      if (key === 'cwd' && inner.kind === 'unknown') return [key, ownFolder(inner, place, text)];
      const isMap =
        inner.kind === 'known' &&
        typeof inner.value === 'object' &&
        inner.value !== null &&
        isObject(inner.value);
      return [key, toJson(inner) ?? (isMap ? (looseObject(inner, text) as Json) : null)];
    }),
  );
}

/** `__dirname` and `path.join(__dirname, "…")`, seen from the file's own folder; `null` for anything else. */
function ownFolder(value: Unknown, place: Place | undefined, text: string): string | null {
  const isOwn = (it: Value): boolean =>
    it.kind === 'unknown' && !it.foreign && /^depends on (?:__dirname|import\.meta\.dirname)\b/.test(it.why);
  const join = value.foreign?.steps.at(-1);
  if (join && 'call' in join) {
    const [first, ...rest] = join.call.map((it) =>
      it.kind === 'known' && typeof it.value === 'string' ? it.value : isOwn(it) ? '.' : null,
    );
    return first === '.' && rest.every((part) => part !== null) ? [first, ...rest].join('/') : null;
  }
  const line = place ? (text.split('\n')[place.line - 1] ?? '') : '';
  return isOwn(value) && /\bcwd["']?\s*:\s*(?:__dirname|import\.meta\.dirname)\s*(?:[,}]|$)/.test(line)
    ? '.'
    : null;
}

function plainOf(node: YamlNode): Entry['plain'] {
  return Object.fromEntries(
    node.entries.map(([key, value]): [string, Json] => [
      key,
      value.isList
        ? value.items.map((item) => item.text)
        : value.isMap
          ? Object.fromEntries(value.entries.map(([name, own]) => [name, own.text]))
          : value.text,
    ]),
  );
}

function sourcesOf(path: string, { plain, place }: Entry, sources: Sources): readonly Source[] {
  const script = textOf(plain['script']);
  if (script === null) {
    sources.problem({
      path,
      message: 'has an app whose script cannot be worked out without running the file',
    });
    return [];
  }
  const home = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  const cwd = plain['cwd'];
  const folder = cwd === undefined ? home : joinFolder(home, textOf(cwd));
  const args = Array.isArray(plain['args'])
    ? plain['args'].map(String)
    : (readShell(`x ${textOf(plain['args']) ?? ''}`, null).commands[0]?.words.slice(1) ?? []);
  const name = textOf(plain['name']) ?? script;
  const file = path.slice(path.lastIndexOf('/') + 1);
  return ['env', ...Object.keys(plain).filter((key) => key.startsWith('env_'))]
    .filter((key) => key !== 'env' || !Object.keys(plain).includes('env_production'))
    .map((key): Source => {
      const environment = environmentOf([plain['env'], plain[key]], place);
      const start = { place, folder, environment };
      return {
        source: 'pm2',
        name: key === 'env' ? name : `${name} (${key})`,
        place,
        role: roleByName([key, file, name], { role: 'production', because: 'PM2 keeps a service up' }),
        leaves: script.includes(' ')
          ? follow({ ...start, text: script }, sources.world)
          : followWords([...interpreterOf(plain, script), script, ...args], start, sources.world),
        built: builtElsewhere,
      };
    });
}

/** PM2 runs a script of JavaScript with `node`, unless an interpreter is named. */
function interpreterOf(plain: Entry['plain'], script: string): readonly string[] {
  const named = textOf(plain['interpreter']) ?? textOf(plain['exec_interpreter']);
  if (named === 'none') return [];
  if (named !== null) return [named];
  return /\.[cm]?[jt]s$/.test(script) ? ['node'] : [];
}

function environmentOf(parts: readonly (Json | undefined)[], place: Place): Environment {
  const environment = new Map<string, Setting>();
  for (const part of parts) {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) continue;
    for (const [name, value] of Object.entries(part))
      environment.set(name, { value: value === null ? null : String(value), place });
  }
  return environment;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
