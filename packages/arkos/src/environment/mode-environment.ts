/** What an app's process sees of the environment, as far as the repository and the settings show it. */
import { known } from '@bulwark/model';
import type { ModeEnvironment, Origin, Snapshot, Value } from '@bulwark/model';
import { hideSecret } from '../config/hide-secrets.ts';
import type { Behaviour, CommandBehaviour } from '../generations/behaviour.ts';
import type { ModeDefinition } from '../mode.ts';
import { inFolder } from '../version/folders.ts';
import { envFileNames, readEnvFiles } from './env-files.ts';

export interface Environment {
  readonly facts: ModeEnvironment;
  /** For the evaluator: what is known of each variable; `null` is unset. Holds secrets, and never leaves. */
  readonly variables: Readonly<Record<string, string | null>>;
  /** A variable as Arkos reads it; `absent` where nothing shows that it is set. Holds secrets, and never leaves. */
  read(variable: string): Value;
}

/** Variables whose text may be told: they are no secrets. */
const TELLABLE = new Set([
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

/**
 * @param startedWith variables that tracked files set for the command, with where
 * @throws ReadError if an env file cannot be read.
 */
export async function modeEnvironment(
  snapshot: Snapshot,
  folder: string,
  behaviour: Behaviour,
  mode: ModeDefinition,
  startedWith: Readonly<Record<string, Value>> = {},
): Promise<Environment> {
  const command = behaviour.commands[mode.command];
  const started: Record<string, Value> = { ...startedWith, ...pinned(mode) };
  const nodeEnv = nodeEnvOf(started['NODE_ENV'], command);
  const names = envFileNames(behaviour.envFiles, mode.command, textOf(nodeEnv) ?? command.nodeEnv);
  const fromFiles = await readEnvFiles(snapshot, folder, names, behaviour.envFiles);

  const variables: Record<string, Value> = { ...started, NODE_ENV: nodeEnv };
  for (const [name, { value, place }] of fromFiles)
    if (behaviour.envFiles.win || variables[name] === undefined)
      variables[name] = known(value, { kind: 'env', variable: name, place });
  // The CLI sets its own variables after everything else.
  for (const [name, value] of Object.entries(command.sets))
    variables[name] = known(value, { kind: 'default', of: `arkos ${mode.command}` });

  return {
    facts: {
      nodeEnv: variables['NODE_ENV']!,
      nodeEnvByCommand: command.nodeEnv,
      nodeEnvReplaced: command.replaces,
      files: names.map((name) => {
        const path = inFolder(folder, name);
        return { path, isPresent: snapshot.file(path) !== undefined };
      }),
      filesWin: behaviour.envFiles.win,
      variables: Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, told(name, value)]),
      ),
    },
    variables: forEvaluator(variables, mode),
    read: (name) => variables[name] ?? { kind: 'absent', from: { kind: 'env', variable: name } },
  };
}

/** What the settings say the process is started with. */
function pinned(mode: ModeDefinition): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(mode.env).map(([variable, value]) => {
      const from: Origin = { kind: 'env', variable };
      return [variable, value === null ? known({ type: 'undefined' }, from) : known(value, from)];
    }),
  );
}

function nodeEnvOf(found: Value | undefined, command: CommandBehaviour): Value {
  if (found !== undefined && found.kind !== 'known' && command.replaces !== 'all') return found;
  const text = found && textOf(found);
  const seen = commandNodeEnv(text, command);
  return found !== undefined && text === seen
    ? found
    : known(seen, { kind: 'default', of: 'the arkos command' });
}

/** What the command makes of the NODE_ENV it finds, if any (FACTS §2). */
export function commandNodeEnv(found: string | undefined, { nodeEnv, replaces }: CommandBehaviour): string {
  if (found === undefined || found === '' || replaces === 'all') return nodeEnv;
  return replaces.includes(found) ? nodeEnv : found;
}

function textOf(value: Value): string | undefined {
  return value.kind === 'known' && typeof value.value === 'string' ? value.value : undefined;
}

function forEvaluator(
  variables: Readonly<Record<string, Value>>,
  mode: ModeDefinition,
): Record<string, string | null> {
  // `arkos dev` leaves ARKOS_BUILD alone; nothing but `arkos start` is known to set it.
  const plain: Record<string, string | null> = mode.command === 'dev' ? { ARKOS_BUILD: null } : {};
  for (const [name, value] of Object.entries(variables)) {
    if (value.kind !== 'known') continue;
    plain[name] = textOf(value) ?? null;
  }
  return plain;
}

function told(name: string, value: Value): Value {
  return TELLABLE.has(name) ? value : hideSecret(value);
}
