/** The configuration of an app as one release finds it in one mode, before any default (FACTS §1.1, §1.2). */
import { evaluate } from '@bulwark/evaluator';
import type { Evaluation, ModuleGraph } from '@bulwark/evaluator';
import { known, startOf } from '@bulwark/model';
import type { ConfigProblem, Place, Problem, Value } from '@bulwark/model';
import type { Environment } from '../environment/mode-environment.ts';
import { evaluateModule } from '../evaluate-module.ts';
import type { Evaluations } from '../evaluations.ts';
import type { Behaviour, Command } from '../generations/behaviour.ts';
import type { Trace } from '../record-lookups.ts';
import { inFolder } from '../version/folders.ts';
import { hasKey, objectOf, unknown } from '../values.ts';
import { initFileOf } from './config-file.ts';
import type { ConfigFileSources } from './config-file.ts';
import { watchDefineConfig } from './define-config.ts';
import type { DefineConfig } from './define-config.ts';
import { pickConfigFile } from './pick-file.ts';
import { initCall } from './init-call.ts';

export interface ReadConfig {
  /** As written, `defineConfig` taken off; an empty object where nothing counts. */
  readonly written: Value;
  /** The file it was read from. */
  readonly path: string | null;
  readonly configProblems: readonly ConfigProblem[];
  /** What could not be read. */
  readonly problems: readonly Problem[];
  readonly traces: readonly Partial<Trace>[];
}

export interface ConfigSources extends ConfigFileSources {
  readonly evaluations: Evaluations;
}

export async function readConfig(
  behaviour: Behaviour,
  sources: ConfigSources,
  folder: string,
  command: Command,
  environment: Environment,
): Promise<ReadConfig> {
  if (behaviour.carrier === 'init') return readInit(behaviour, sources, folder, environment);
  const picked = await pickConfigFile(behaviour, sources, folder, command);
  if (picked.path === null) return nothing(picked.problems, folder);
  const { evaluation, define } = await sources.evaluations.once(
    'config',
    picked.path,
    environment.variables,
    (graph) => evaluateConfig(graph, environment),
  );
  const exported = defaultExport(evaluation, picked.path, behaviour);
  const { config, configProblems } =
    exported.problems.length > 0
      ? { config: exported.value, configProblems: exported.problems }
      : define.unwrap(exported.value, picked.path, behaviour);
  return {
    written: config,
    path: picked.path,
    configProblems: [...configProblems, ...mayThrow(evaluation, behaviour), ...picked.problems],
    problems: evaluation.problems,
    traces: [evaluation.trace],
  };
}

function evaluateConfig(
  graph: ModuleGraph,
  { variables }: Environment,
): { readonly evaluation: Evaluation; readonly define: DefineConfig } {
  const define = watchDefineConfig();
  const env = { variables, others: 'unknown' as const };
  return { evaluation: evaluate(graph, { env, teach: define.teachings }), define };
}

/** ≤1.3: the options of `arkos.init(...)` in the entry. */
async function readInit(
  behaviour: Behaviour,
  sources: ConfigSources,
  folder: string,
  environment: Environment,
): Promise<ReadConfig> {
  const entry = initFileOf(sources.snapshot, folder);
  const unread = unreadConfigFiles(behaviour, sources, folder);
  if (entry === null) return nothing([noInit(behaviour), ...unread], folder, 'there is no src/app file');
  const evaluation = await evaluateModule(sources.evaluations, entry, environment.variables);
  const call = initCall(evaluation.foreignCalls);
  const base = { path: entry, problems: evaluation.problems, traces: [evaluation.trace] };
  if (!call) {
    const { threw } = evaluation;
    const problem =
      threw && threw.when === null
        ? configProblem('throws', behaviour, `throws (${threw.because})`, threw.place)
        : noInit(behaviour, startOf(entry));
    const from = { kind: 'place', place: startOf(entry) } as const;
    return {
      ...base,
      written: unknown('no call of arkos.init was found', from),
      configProblems: [problem, ...unread],
    };
  }
  return { ...base, written: call.options, configProblems: unread };
}

function noInit({ generation }: Behaviour, place: Place | null = null): ConfigProblem {
  return {
    id: 'no-config',
    effect: 'nothing',
    message: `no call of arkos.init(...) was found in src/app, where Arkos ${generation} takes its configuration`,
    place,
  };
}

/** A config file under a version that reads none. */
function unreadConfigFiles(
  { generation }: Behaviour,
  { snapshot }: ConfigSources,
  folder: string,
): ConfigProblem[] {
  return ['ts', 'js']
    .map((extension) => inFolder(folder, `arkos.config.${extension}`))
    .filter((path) => snapshot.file(path))
    .map((path) => ({
      id: 'never-read',
      effect: 'nothing',
      message: `Arkos ${generation} reads no config file: its configuration is what arkos.init(...) is given in src/app`,
      place: startOf(path),
    }));
}

function nothing(problems: readonly ConfigProblem[], folder: string, why?: string): ReadConfig {
  const place = startOf(inFolder(folder, 'package.json'));
  const from = { kind: 'place', place } as const;
  return {
    written: why === undefined ? known({ type: 'object', entries: {} }, from) : unknown(why, from),
    path: null,
    configProblems: problems,
    problems: [],
    traces: [],
  };
}

interface Exported {
  readonly value: Value;
  readonly problems: readonly ConfigProblem[];
}

function defaultExport(
  { exports, threw, problems }: Evaluation,
  path: string,
  behaviour: Behaviour,
): Exported {
  const empty = known({ type: 'object', entries: {} }, { kind: 'place', place: startOf(path) });
  const broken = problems.find((problem) => problem.path === path);
  if (broken) {
    const place = {
      path,
      line: broken.line,
      column: broken.column,
      endLine: broken.line,
      endColumn: broken.column,
    };
    return {
      value: exports,
      problems: [configProblem('syntax-error', behaviour, `cannot be parsed (${broken.message})`, place)],
    };
  }
  if (threw && threw.when === null) {
    const problem = configProblem('throws', behaviour, `throws (${threw.because})`, threw.place);
    const value =
      problem.effect === 'defaults'
        ? empty
        : unknown(`the configuration throws: ${threw.because}`, empty.from);
    return { value, problems: [problem] };
  }
  const module = exports.kind === 'known' ? objectOf(exports) : null;
  if (!module) return { value: exports, problems: [] };
  if (hasKey(module, 'default') !== false)
    return { value: module.entries['default']?.value ?? module.rest!, problems: [] };
  const message = `the file has no default export, and Arkos ${behaviour.generation} reads nothing else: it runs on its defaults`;
  return {
    value: empty,
    problems: [{ id: 'no-default-export', effect: 'defaults', message, place: startOf(path) }],
  };
}

/** A guard that throws where something is missing: the value is what the configuration is when it does not. */
function mayThrow({ threw }: Evaluation, behaviour: Behaviour): readonly ConfigProblem[] {
  if (!threw || threw.when === null) return [];
  return [configProblem('may-throw', behaviour, `throws if ${threw.when} (${threw.because})`, threw.place)];
}

/** FACTS §1.2: up to 1.7 an error in the config file is swallowed, and takes every setting with it. */
function configProblem(
  id: ConfigProblem['id'],
  { whenConfigThrows }: Behaviour,
  what: string,
  place: Place,
): ConfigProblem {
  const outcome =
    whenConfigThrows === 'defaults'
      ? 'Arkos says nothing and runs on its defaults: no authentication, and every route public'
      : 'the app does not start';
  return { id, effect: whenConfigThrows, message: `the configuration ${what}, and then ${outcome}`, place };
}
