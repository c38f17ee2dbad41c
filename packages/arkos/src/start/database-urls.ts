import { at, isObject, messageOf, placeOf, property } from '@bulwark/model';
import { evaluateExport } from '../routes/evaluate-export.ts';
import { decodeText } from './decode-text.ts';
import { placeAt } from './place-at.ts';
import type { Evaluating } from '../routes/evaluate-export.ts';
import type { DatabaseUrl, Place, Snapshot, StartProblem, Value } from '@bulwark/model';

/**
 * Every place of each app that decides the database's address (FACTS §3.14): datasources of the Prisma schema,
 * `prisma.config.*`, and `new PrismaClient({ datasources | datasourceUrl })`.
 * @param wanted the roots that are asked about; files of the others are not read.
 * @throws ReadError
 */
export async function readDatabaseUrls(
  snapshot: Snapshot,
  roots: readonly string[],
  evaluating: Evaluating,
  problems: StartProblem[],
  wanted: ReadonlySet<string> = new Set(roots),
): Promise<ReadonlyMap<string, readonly DatabaseUrl[]>> {
  const byRoot = new Map<string, DatabaseUrl[]>(roots.map((root) => [root, []]));
  for (const file of snapshot.files) {
    if (!mayDecide(file.path) || file.mode === '120000' || file.mode === '160000') continue;
    const root = rootOf(file.path, byRoot);
    if (root === null || !wanted.has(root)) continue;
    const urls = byRoot.get(root)!;
    const rest = root === '.' ? file.path : file.path.slice(root.length + 1);
    if (rest.endsWith('.prisma')) urls.push(...schemaUrls(file.path, decodeText(await snapshot.read(file))));
    const kind = configKind(rest);
    if (kind === null) continue;
    try {
      urls.push(...(await moduleUrls(file.path, kind, evaluating)));
    } catch (error) {
      problems.push({ path: file.path, message: `could not be read: ${messageOf(error)}` });
    }
  }
  return byRoot;
}

/** A cheap look at the name, before any folder is asked. */
function mayDecide(path: string): boolean {
  return (
    (path.endsWith('.prisma') || /prisma[^/]*(?:\/index)?\.[cm]?[jt]s$/.test(path)) &&
    !/(?:^|\/)node_modules\//.test(path)
  );
}

/** The app a file lies in: the nearest root above it. */
function rootOf(path: string, roots: ReadonlyMap<string, unknown>): string | null {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (roots.has(path.slice(0, at))) return path.slice(0, at);
  }
  return roots.has('.') ? '.' : null;
}

function configKind(path: string): 'prisma-config' | 'prisma-client' | null {
  if (/^(?:\.config\/prisma|prisma\.config)\.[cm]?[jt]s$/.test(path)) return 'prisma-config';
  return /^src\/utils\/prisma(?:\/index)?\.[cm]?[jt]s$/.test(path) ? 'prisma-client' : null;
}

/** `datasource db { … url = env("X") | "literal" }`, comments aside (prisma.io/docs/orm/reference/prisma-schema-reference). */
function schemaUrls(path: string, text: string): readonly DatabaseUrl[] {
  const bare = text.replaceAll(/\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (match) =>
    match.startsWith('//') ? ' '.repeat(match.length) : match,
  );
  return [...bare.matchAll(/\bdatasource\s+\w+\s*\{([^}]*)\}/g)].flatMap((block) => {
    const start = block.index + block[0].indexOf('{') + 1;
    return [...block[1]!.matchAll(/^[ \t]*(url|directUrl|shadowDatabaseUrl)\s*=\s*(.+?)\s*$/gm)].map(
      (line): DatabaseUrl => {
        const from = start + line.index + line[0].search(/\S/);
        const place = placeAt(path, text, from, start + line.index + line[0].length);
        const variable = /^env\(\s*"([^"]+)"\s*\)$/.exec(line[2]!)?.[1];
        const literal = /^"(.*)"$/.exec(line[2]!)?.[1];
        if (variable !== undefined)
          return environment('prisma-schema', place, variable, `${line[1]} reads ${variable}`);
        return literal === undefined
          ? open('prisma-schema', place, `${line[1]} is neither a string nor env()`)
          : literalUrl('prisma-schema', place, literal, `${line[1]} is written in the schema`);
      },
    );
  });
}

async function moduleUrls(
  path: string,
  kind: 'prisma-config' | 'prisma-client',
  evaluating: Evaluating,
): Promise<readonly DatabaseUrl[]> {
  const value = await evaluateExport(path, evaluating);
  const config = kind === 'prisma-config' ? throughDefine(value) : clientOptions(value);
  if (config === null) return [];
  const keys =
    kind === 'prisma-config'
      ? ['datasource.url', 'datasource.directUrl', 'datasource.shadowDatabaseUrl']
      : ['datasourceUrl', ...sourceKeys(config)];
  return keys.flatMap((key) => urlOf(kind, key, at(config, key), path) ?? []);
}

/** `defineConfig({…})` of `prisma/config` gives back what it is given. */
function throughDefine(value: Value): Value {
  if (value.kind !== 'unknown' || value.foreign?.name !== 'defineConfig') return value;
  const call = value.foreign.steps[0];
  return call && 'call' in call ? (call.call[0] ?? value) : value;
}

/** What `new PrismaClient(…)` is given; `null` if the module's value is no client, or is given nothing. */
function clientOptions(value: Value): Value | null {
  if (value.kind !== 'unknown' || !value.foreign) return null;
  const built = value.foreign.steps.find((step) => 'construct' in step);
  return built && 'construct' in built ? (built.construct[0] ?? null) : null;
}

function sourceKeys(config: Value): readonly string[] {
  const sources = property(config, 'datasources');
  if (sources.kind !== 'known' || typeof sources.value !== 'object' || sources.value === null) return [];
  return isObject(sources.value)
    ? Object.keys(sources.value.entries).map((name) => `datasources.${name}.url`)
    : [];
}

function urlOf(kind: DatabaseUrl['kind'], key: string, value: Value, path: string): DatabaseUrl | null {
  if (value.kind === 'absent') return null;
  const place = placeOf(value) ?? { path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if (value.kind === 'known') {
    return typeof value.value === 'string'
      ? value.from.kind === 'env'
        ? environment(kind, place, value.from.variable, `${key} reads ${value.from.variable}`)
        : literalUrl(kind, place, value.value, `${key} is written in the code`)
      : null;
  }
  // `env("X")` of `prisma/config`.
  const call = value.foreign?.name === 'env' ? value.foreign.steps[0] : undefined;
  const named = call && 'call' in call ? call.call[0] : undefined;
  if (named?.kind === 'known' && typeof named.value === 'string') {
    return environment(kind, place, named.value, `${key} reads ${named.value}`);
  }
  const [variable] = value.variables ?? [];
  if (value.fallback && typeof value.fallback.value === 'string' && value.fallback.value !== '') {
    return {
      ...literalUrl(
        kind,
        placeOf(value.fallback) ?? place,
        value.fallback.value,
        `${key} falls back to a literal`,
      ),
      from: 'fallback',
      variable: variable ?? null,
    };
  }
  return variable !== undefined
    ? environment(kind, place, variable, `${key} reads ${variable}`)
    : open(kind, place, value.why);
}

function environment(
  kind: DatabaseUrl['kind'],
  place: Place,
  variable: string,
  because: string,
): DatabaseUrl {
  return { kind, place, from: 'environment', variable, scheme: null, hasPassword: false, because };
}

function open(kind: DatabaseUrl['kind'], place: Place, because: string): DatabaseUrl {
  return { kind, place, from: 'unknown', variable: null, scheme: null, hasPassword: false, because };
}

function literalUrl(kind: DatabaseUrl['kind'], place: Place, literal: string, because: string): DatabaseUrl {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(literal)?.[1]?.toLowerCase() ?? null;
  const hasPassword = /^[a-z][a-z\d+.-]*:\/\/[^/@:]*:[^@]+@/i.test(literal);
  return { kind, place, from: 'literal', variable: null, scheme, hasPassword, because };
}
