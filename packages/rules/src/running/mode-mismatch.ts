import { defineRule, outcomesOf, pass, placeOf, undecided, violation } from '@bulwark/model';
import type { Judgement, Mode, ModeFacts, Place, StartCommand, Value } from '@bulwark/model';
import { startOf } from '../gathered.ts';
import { groupBy } from '../group-by.ts';

/** One place that sets NODE_ENV for a process of this mode. */
interface Source {
  readonly name: string;
  readonly value: Value;
  readonly place: Place | null;
}

interface Input {
  readonly mode: Mode;
  /** What the command sets where nothing else does. */
  readonly byCommand: string;
  readonly sources: readonly Source[];
}

export default defineRule<Input>({
  kind: 'mode',
  id: 'mode-mismatch',
  title: 'NODE_ENV and the arkos command agree',
  why: 'Arkos goes by its command, and the configuration goes by NODE_ENV. Where the two disagree, every "production" in a ternary picks the wrong side while the app looks right.',
  severity: 'warn',
  messages: {
    disagrees: ({ name, value, command, instead }) =>
      `${name} sets NODE_ENV to ${JSON.stringify(value)} for arkos ${command}, so whatever the configuration makes depend on it is that of another mode; leave it out, or set it to ${JSON.stringify(instead)}`,
  },
  select: (facts) => ({
    mode: facts.mode,
    byCommand: facts.environment.nodeEnvByCommand,
    sources: sourcesOf(facts),
  }),
  check({ mode, byCommand, sources }) {
    const judged = sources.map((source) => judgeSource(source, mode, byCommand));
    const bad = judged.filter(({ verdict }) => verdict !== 'pass');
    const once = [...groupBy(bad, (one) => JSON.stringify(one)).values()].map(([one]) => one);
    if (once.length > 0) return once;
    return judged[0] ?? pass(`arkos ${mode.command} sets NODE_ENV to ${JSON.stringify(byCommand)} itself`);
  },
});

/** Everything that sets it, each place once; none where the command overrides them all. */
function sourcesOf(facts: ModeFacts): Source[] {
  const { nodeEnvReplaced } = facts.environment;
  const replaces = (value: Value): boolean =>
    nodeEnvReplaced === 'all' || nodeEnvReplaced.some((one) => value.kind === 'known' && value.value === one);
  const started = fromCommands(facts).filter(({ value }) => !replaces(value));
  const places = new Set(started.map(({ place }) => JSON.stringify(place)));
  return [...started, ...fromEnvironment(facts).filter(({ place }) => !places.has(JSON.stringify(place)))];
}

/** Commands that end in this mode's own, and set the variable on the way. */
function fromCommands(facts: ModeFacts): Source[] {
  const last: StartCommand['command'] = facts.mode.command === 'dev' ? 'arkos dev' : 'arkos start';
  return startOf(facts)
    .commands.filter(
      ({ command, nodeEnv, role }) => command === last && role !== 'test' && nodeEnv.kind !== 'absent',
    )
    .map(({ name, nodeEnv, place }) => ({ name, value: nodeEnv, place: placeOf(nodeEnv) ?? place }));
}

/** Env files win over the command (FACTS §1.6). What the settings pin has no place: it is a decision. */
function fromEnvironment({ environment: { nodeEnv } }: ModeFacts): Source[] {
  const place = placeOf(nodeEnv);
  return place ? [{ name: place.path, value: nodeEnv, place }] : [];
}

function judgeSource({ name, value, place }: Source, mode: Mode, byCommand: string): Judgement {
  const about = { key: `NODE_ENV ${place?.path ?? name}`, place: place ?? undefined };
  const leaves = outcomesOf(value).map(({ value: leaf }) =>
    leaf.kind === 'known' && typeof leaf.value === 'string' ? leaf.value : null,
  );
  const wrong = leaves.filter((leaf) => leaf !== null && disagrees(leaf, mode));
  const props = { name, command: mode.command, value: wrong[0] ?? '', instead: byCommand };
  if (wrong.length > 0 && wrong.length === leaves.length) return violation('disagrees', props, about);
  if (leaves.every((leaf) => leaf !== null && !disagrees(leaf, mode)))
    return pass(`${name} sets NODE_ENV to ${JSON.stringify(leaves[0])}`, place ?? undefined);
  const why = value.kind === 'unknown' ? value.why : `${name} sets NODE_ENV to something that is not known`;
  return undecided(why, about, wrong.length > 0 ? [{ when: 'it is', message: 'disagrees', props }] : []);
}

/** A name of one's own under `arkos start` (staging) is a decision; the other mode's name is not. */
function disagrees(nodeEnv: string, { command }: Mode): boolean {
  if (nodeEnv === '') return false;
  return command === 'start' ? ['development', 'dev', 'test'].includes(nodeEnv) : nodeEnv === 'production';
}
