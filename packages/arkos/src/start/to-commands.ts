import { absent, known } from '@bulwark/model';
import type { Leaf } from './follow.ts';
import type { Built, Source } from './source.ts';
import type { LastCommand, StartCommand, Value } from '@bulwark/model';

/** Variables Arkos itself reads whose value is no secret (FACTS §1.5, §2). */
const KEPT: ReadonlySet<string> = new Set([
  'NODE_ENV',
  'ARKOS_BUILD',
  'JWT_EXPIRES_IN',
  'JWT_COOKIE_SECURE',
  'JWT_COOKIE_HTTP_ONLY',
  'JWT_COOKIE_SAME_SITE',
  'JWT_COOKIE_DOMAIN',
  'PORT',
  'HOST',
]);

const OF_ARKOS: ReadonlySet<LastCommand> = new Set<LastCommand>([
  'arkos dev',
  'arkos start',
  'arkos build',
  'node .build',
  'node source',
]);

/** A command, and the folder of the repository it runs in. */
export interface PlacedCommand {
  readonly folder: string | null;
  readonly command: StartCommand;
}

/**
 * What a source starts. A source that says something of Arkos gives those commands; one that serves users
 * and says nothing of it gives its last command, so that a stranger in that seat is seen.
 */
export function toCommands(source: Source): readonly PlacedCommand[] {
  const { leaves } = source;
  const isOfArkos = (leaf: Leaf): boolean => OF_ARKOS.has(leaf.command);
  const last = leaves.at(-1);
  const shown = leaves.some(isOfArkos)
    ? leaves.filter((leaf) => isOfArkos(leaf) || (leaf === last && leaf.command === 'unknown'))
    : last && (source.role.role === 'production' || last.command === 'unknown')
      ? [last]
      : [];
  const built = builtBefore(source);
  return shown.map((leaf) => ({ folder: leaf.folder, command: toCommand(leaf, source, built.get(leaf)!) }));
}

function toCommand(leaf: Leaf, source: Source, built: Built): StartCommand {
  return {
    source: source.source,
    name: source.name,
    place: source.place,
    role: source.role.role,
    roleBecause: source.role.because,
    command: leaf.command,
    text: withoutValues(leaf.text),
    chain: leaf.chain.map(({ text, place }) => ({ text: withoutValues(text), place })),
    nodeEnv: variableOf(leaf, 'NODE_ENV', source),
    variables: Object.fromEntries(
      [...leaf.environment.keys()]
        .filter((name) => KEPT.has(name))
        .toSorted()
        .map((name) => [name, variableOf(leaf, name, source)]),
    ),
    buildBefore: built.answer,
    because: withoutValues(leaf.because ?? built.because),
  };
}

/** `A=…` for every variable but those kept, `--password=…`, and no credentials in addresses: texts are printed. */
export function withoutValues(text: string): string {
  return text
    .replaceAll(/\b([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s;&|]+)/g, (match, name: string) =>
      KEPT.has(name) ? match : `${name}=…`,
    )
    .replaceAll(
      /(--?[\w-]*(?:pass|token|secret|key|auth)[\w-]*[= ])("[^"]*"|'[^']*'|[^\s-][^\s;&|]*)/gi,
      '$1…',
    )
    .replaceAll(/:\/\/[^\s/@]+@/g, '://…@');
}

/** For each leaf, whether one before it built in the same folder. */
function builtBefore({ leaves, built }: Source): ReadonlyMap<Leaf, Built> {
  const builds = new Map<string | null, Leaf>();
  return new Map(
    leaves.map((leaf) => {
      const build = builds.get(leaf.folder);
      if (leaf.command === 'arkos build' && (!build || build.isConditional)) builds.set(leaf.folder, leaf);
      if (!build) return [leaf, built];
      return build.isConditional
        ? [leaf, { answer: 'unknown', because: `\`${build.text}\` runs before it only under a condition` }]
        : [leaf, { answer: 'yes', because: `\`${build.text}\` runs before it` }];
    }),
  );
}

function variableOf(leaf: Leaf, name: string, source: Source): Value {
  const setting = leaf.environment.get(name);
  if (!setting) return absent({ kind: 'place', place: source.place });
  const from = { kind: 'env', variable: name, place: setting.place } as const;
  return setting.value === null
    ? { kind: 'unknown', why: `${name} is set from something decided elsewhere`, from, variables: [name] }
    : known(setting.value, from);
}
