/** The variables that tracked scripts, images and services start an app with (FACTS §2). */
import { sameValue } from '@bulwark/model';
import type { LastCommand, Origin, StartCommand, StartRole, Value } from '@bulwark/model';
import type { Command } from '../generations/behaviour.ts';

/** The commands that bring an app into a mode, and those whose role says they are for another one. */
const BRINGS: Readonly<
  Record<Command, { readonly last: readonly LastCommand[]; readonly not: readonly StartRole[] }>
> = {
  dev: { last: ['arkos dev'], not: ['production', 'test'] },
  start: { last: ['arkos start', 'node .build'], not: ['development', 'test'] },
};

/**
 * What each variable is set to, by any of the ways to start the app in this mode. Where two of them differ it is
 * unknown, with an outcome for each. A way that leaves a variable alone says nothing: most often it is what
 * another way runs in the end.
 */
export function startedWith(
  commands: readonly StartCommand[],
  command: Command,
): Readonly<Record<string, Value>> {
  const { last, not } = BRINGS[command];
  const ways = commands.filter((way) => last.includes(way.command) && !not.includes(way.role));
  const names = new Set(ways.flatMap((way) => ['NODE_ENV', ...Object.keys(way.variables)]));
  const variables: Record<string, Value> = {};
  for (const name of names) {
    const value = joined(name, ways);
    if (value) variables[name] = value;
  }
  return variables;
}

function joined(name: string, ways: readonly StartCommand[]): Value | null {
  const settings = ways
    .map((way) => ({ way, value: name === 'NODE_ENV' ? way.nodeEnv : (way.variables[name] ?? null) }))
    .filter(
      (each): each is { way: StartCommand; value: Value } =>
        each.value !== null && each.value.kind !== 'absent',
    );
  const [first, ...others] = settings;
  if (!first) return null;
  if (others.every(({ value }) => sameValue(value, first.value))) return first.value;
  const from: Origin = { kind: 'env', variable: name, place: first.way.place };
  return {
    kind: 'unknown',
    why: `depends on how the app is started: ${name} is set in several ways`,
    from,
    variables: [name],
    outcomes: settings.map(({ way, value }) => ({
      when: `it is started by ${way.name} of ${way.place.path}`,
      value,
    })),
  };
}
