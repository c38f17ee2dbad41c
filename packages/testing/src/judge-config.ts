/** One app in memory, judged by one rule: what a rule's table needs of the real pipeline, and nothing more. */
import { defaultModes, discoverApps, gatherApps } from '@bulwark/arkos';
import { memorySnapshot } from '@bulwark/model';
import type { Judgement, MemoryFile, ModeFacts, Options, Rule } from '@bulwark/model';

/** An app to judge. */
export interface AppCase {
  /** Text of `arkos.config.ts`; left out, the app has none. */
  readonly config?: string;
  /** Exact version of Arkos, or a range where it has no digits-only form. */
  readonly version?: string;
  /** More files, by path from the app's root. */
  readonly files?: Readonly<Record<string, MemoryFile>>;
  /** Variables pinned in every mode. */
  readonly env?: Readonly<Record<string, string | null>>;
  /** Options of the rule, over its defaults. */
  readonly options?: Options;
}

const DEFAULT_VERSION = '1.6.7';

/** Every file of an app at the snapshot's root. */
export function filesOf({ config, version = DEFAULT_VERSION, files }: AppCase): Record<string, MemoryFile> {
  return {
    'package.json': JSON.stringify({ name: 'app', dependencies: { arkos: version } }),
    'tsconfig.json': JSON.stringify({ include: ['src', 'arkos.config.ts'] }),
    'src/app.ts': "import arkos from 'arkos';\nexport const app = arkos();\n",
    ...(config === undefined ? {} : { 'arkos.config.ts': config }),
    ...files,
  };
}

/** The facts of an app at the snapshot's root, under development and production. */
export async function factsOf(app: AppCase): Promise<readonly ModeFacts[]> {
  const snapshot = memorySnapshot(filesOf(app));
  const { apps, problems } = await discoverApps(snapshot);
  if (apps.length !== 1)
    throw new Error(`expected one app, found ${apps.length}: ${JSON.stringify(problems)}`);
  const modes = defaultModes.map((mode) => ({ ...mode, env: { ...mode.env, ...app.env } }));
  const facts: ModeFacts[] = [];
  for await (const gathered of gatherApps(snapshot, { apps, modes })) facts.push(...gathered.facts);
  return facts;
}

/** What an app rule says of an app. */
export async function judgeConfig(rule: Rule, app: AppCase): Promise<readonly Judgement[]> {
  return judgeFacts(rule, await factsOf(app), app.options);
}

/** What an app rule says of facts. A rule for live modes is asked about production alone. */
export function judgeFacts(
  rule: Rule,
  facts: readonly ModeFacts[],
  given: Options = {},
): readonly Judgement[] {
  if (rule.kind === 'file' || rule.kind === 'policy') throw new Error(`${rule.id} judges no apps`);
  const defaults = Object.entries(rule.options?.properties ?? {}).map(([name, schema]) => [
    name,
    schema.default,
  ]);
  const options: Options = { ...Object.fromEntries(defaults), ...given };
  if (rule.kind === 'app') return [rule.check(rule.select(facts, options), options)].flat();
  const judged = rule.kind === 'live-mode' ? facts.filter(({ mode }) => mode.command === 'start') : facts;
  return judged.flatMap((one) => rule.check(rule.select(one, options), options));
}
