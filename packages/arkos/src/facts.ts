/** App × mode × possible version → what it says. */
import { createLoader } from '@bulwark/evaluator';
import type { Loader } from '@bulwark/evaluator';
import { startOf } from '@bulwark/model';
import type {
  App,
  ConfigProblem,
  ModeFacts,
  Origin,
  Problem,
  Snapshot,
  StartFacts,
  Value,
} from '@bulwark/model';
import { foldDefaults, overlay } from './config/fold-defaults.ts';
import { hideSecrets } from './config/hide-secrets.ts';
import { leftoverInit } from './config/leftover-init.ts';
import type { Leftovers } from './config/leftover-init.ts';
import { readConfig } from './config/read-config.ts';
import type { ConfigSources, ReadConfig } from './config/read-config.ts';
import { splitVariables } from './config/split-variables.ts';
import { writtenKeys } from './config/written-keys.ts';
import { modeEnvironment } from './environment/mode-environment.ts';
import type { Environment } from './environment/mode-environment.ts';
import { startedWith } from './environment/started-with.ts';
import { evaluatingUnder } from './evaluate-module.ts';
import { openEvaluations } from './evaluations.ts';
import { behaviourOf } from './generations/index.ts';
import type { Behaviour } from './generations/behaviour.ts';
import type { ModeDefinition } from './mode.ts';
import { mergeTraces, recordLookups } from './record-lookups.ts';
import type { Trace } from './record-lookups.ts';
import { gatherRoutes } from './routes/gather-routes.ts';
import { readSettings } from './settings/settings.ts';
import { socketServers } from './socket-servers.ts';
import type { WorkspaceStart } from './start/gather-start.ts';
import { folderOf } from './version/folders.ts';
import { openManifests } from './version/manifests.ts';

export interface GatherOptions {
  readonly modes: readonly ModeDefinition[];
  /** One loader for all apps of a check reads what they share once; made for the same snapshot. */
  readonly loader?: Loader;
  /** How the workspace's apps are started; without it nothing is known of the variables they are started with. */
  readonly start?: WorkspaceStart;
}

export interface Gathered {
  /** One for every mode of every version the app may run; empty if its version is none that is known. */
  readonly facts: readonly ModeFacts[];
  readonly problems: readonly Problem[];
  readonly trace: Trace;
}

export async function gatherFacts(snapshot: Snapshot, app: App, options: GatherOptions): Promise<Gathered> {
  const recording = recordLookups(snapshot);
  const loader = options.loader ?? createLoader(snapshot);
  const sources: FactSources = {
    snapshot: recording,
    manifests: openManifests(recording),
    loader,
    evaluations: openEvaluations(loader),
  };
  const facts: ModeFacts[] = [];
  const problems = new Map<string, Problem>();
  const traces: Partial<Trace>[] = [];
  const start = options.start?.forApp(app.root);
  for (const version of app.arkos.candidates ?? []) {
    for (const mode of options.modes) {
      const one = await gatherOne(sources, app, version, mode, start);
      facts.push(one.facts);
      traces.push(...one.read.traces, ...one.leftovers.traces, ...one.routeTraces);
      for (const problem of [...one.read.problems, ...(one.facts.routes?.problems ?? [])])
        problems.set(JSON.stringify(problem), problem);
    }
  }
  return { facts, problems: [...problems.values()], trace: mergeTraces([recording.trace(), ...traces]) };
}

interface FactSources extends ConfigSources {
  readonly loader: Loader;
}

interface GatheredMode {
  readonly facts: ModeFacts;
  readonly read: ReadConfig;
  readonly leftovers: Leftovers;
  readonly routeTraces: readonly Partial<Trace>[];
}

async function gatherOne(
  sources: FactSources,
  app: App,
  version: string,
  mode: ModeDefinition,
  start: StartFacts | undefined,
): Promise<GatheredMode> {
  const behaviour = behaviourOf(version);
  const folder = folderOf(app.root);
  const started = startedWith(start?.commands ?? [], mode.command);
  const environment = await modeEnvironment(sources.snapshot, folder, behaviour, mode, started);
  const read = await readConfig(behaviour, sources, folder, mode.command, environment);
  const leftovers = await leftoverInit(behaviour, sources, folder, environment);
  const facts = factsOf(app, version, behaviour, mode, environment, read, leftovers);
  const evaluating = evaluatingUnder(sources.loader, environment.variables, sources.evaluations);
  const routes = await gatherRoutes(sources.snapshot, app, {
    generation: behaviour.generation,
    command: mode.command,
    config: facts.config,
    unknownFields: facts.settings.validation.unknownFields.value,
    falseValidator: behaviour.falseValidator,
    isUploadInverted: facts.settings.fileUpload.isInverted,
    evaluating,
  });
  const { snapshot } = sources;
  const sockets = await socketServers(snapshot, app, behaviour.generation, facts.config, evaluating);
  return {
    facts: { ...facts, routes, sockets, ...(start && { start }) },
    read,
    leftovers,
    routeTraces: evaluating.traces,
  };
}

function factsOf(
  app: App,
  version: string,
  behaviour: Behaviour,
  mode: ModeDefinition,
  environment: Environment,
  read: ReadConfig,
  leftovers: Leftovers,
): ModeFacts {
  const byDefault: Origin = { kind: 'default', of: `Arkos ${behaviour.generation}` };
  const written = hideSecrets(splitVariables(read.written));
  const configProblems = [...read.configProblems, ...leftovers.configProblems];
  const holder = startOf(read.path ?? app.config ?? app.manifest ?? 'package.json');
  return {
    app,
    generation: behaviour.generation,
    version: shownVersion(app, version),
    mode: { name: mode.name, command: mode.command },
    config: effectiveConfig(written, behaviour, mode, byDefault),
    settings: readSettings({
      written,
      behaviour,
      command: mode.command,
      variable: (name) => environment.read(name),
      holder,
      byDefault,
    }),
    writtenKeys: [...writtenKeys(written, behaviour, holder.path), ...leftovers.keys],
    configProblem: gravest(configProblems),
    configProblems,
    environment: environment.facts,
  };
}

/** The installed version by its own name, where it is known and behaves as one release alone. */
function shownVersion({ arkos }: App, release: string): string {
  return arkos.version !== null && arkos.candidates?.length === 1 ? arkos.version : release;
}

function effectiveConfig(
  written: Value,
  { defaults, defaultsWhenBuilt, merge }: Behaviour,
  { command }: ModeDefinition,
  byDefault: Origin,
): Value {
  const inMode = command === 'start' ? overlay(defaults, defaultsWhenBuilt) : defaults;
  return foldDefaults(written, inMode, byDefault, merge);
}

const GRAVITY: Readonly<Record<ConfigProblem['effect'], number>> = {
  exits: 0,
  defaults: 1,
  differs: 2,
  nothing: 3,
};

function gravest(problems: readonly ConfigProblem[]): ConfigProblem | null {
  return problems.toSorted((a, b) => GRAVITY[a.effect] - GRAVITY[b.effect])[0] ?? null;
}
