import { defineRule, notApplicable, pass, undecided, violation } from '@bulwark/model';
import type { Judgement, Props, StartCommand, StartProblem, StartSource } from '@bulwark/model';
import { startOf } from '../gathered.ts';
import { groupBy } from '../group-by.ts';
import { startProblems, undecidedBy } from './start-problems.ts';

interface Input {
  /** Every command that starts an app, and does not serve development or tests. */
  readonly commands: readonly StartCommand[];
  readonly problems: readonly StartProblem[];
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'production-start',
  title: 'What runs in production is arkos build and then arkos start',
  why: 'Only arkos start runs in production mode. Under arkos dev, clients are shown stack traces and a token signed with the published development secret is accepted.',
  severity: 'error',
  messages: {
    dev: ({ name, chain }) =>
      `${name} starts production with ${chain}; run arkos build while building and arkos start here`,
    noBuild: ({ name, chain, because }) =>
      `${name} runs ${chain} without arkos build before it (${because}), so there is nothing to start; run arkos build first`,
    withoutCli: ({ name, chain }) =>
      `${name} runs ${chain} without the arkos command, which alone makes a process production and reads its configuration; run arkos start`,
    source: ({ name, chain }) =>
      `${name} runs ${chain}, the sources and not what arkos build made, without production mode; run arkos build, then arkos start`,
  },
  select: (facts) => ({
    commands: startOf(facts).commands.filter(
      ({ role, command }) => role !== 'development' && role !== 'test' && command !== 'arkos build',
    ),
    problems: startProblems(facts, 'start'),
  }),
  check({ commands, problems }) {
    const judged = commands.flatMap((command) => {
      const judgement = judgeCommand(command);
      return judgement ? [{ command, judgement }] : [];
    });
    const failing = judged.filter(({ judgement }) => judgement.verdict === 'violation');
    const known = new Set(failing.map(({ command }) => endOf(command)));
    // What fails for certain need not be doubted once more by another way to the same command.
    const bad = judged.filter(
      ({ command, judgement: { verdict } }) =>
        verdict === 'violation' || (verdict === 'undecided' && !known.has(endOf(command))),
    );
    // The same command may be reached twice, by a matrix of CI jobs say; the key tells them apart.
    const findings = [...groupBy(bad, ({ command }) => keyOf(command)).values()].map(
      ([{ judgement }]) => judgement,
    );
    if (findings.length + problems.length > 0) return [...findings, ...problems.map(undecidedBy)];
    const telling = judged.find(({ command }) => command.source !== 'package-script') ?? judged[0];
    return telling?.judgement ?? notApplicable('nothing in the repository starts it in production');
  },
});

/** Where the chain ends: the same for every way that comes down to one command. */
function endOf({ chain, place }: StartCommand): string {
  return JSON.stringify(chain.at(-1)?.place ?? place);
}

function keyOf({ place, name }: StartCommand): string {
  return `${place.path} ${name}`;
}

function judgeCommand(command: StartCommand): Judgement | null {
  const about = { key: keyOf(command), place: command.place };
  const props: Props = { name: nameOf(command), chain: chainOf(command), because: command.because };
  const message = messageFor(command);
  if (message === null) return passes(command);
  if (message === 'undecided') {
    const isKnown = command.command === 'arkos start' || command.command === 'node .build';
    const cases =
      isKnown && command.role === 'production'
        ? [{ when: 'nothing builds it first', message: 'noBuild', props }]
        : [];
    return command.role === 'production'
      ? undecided(`${nameOf(command)}: ${command.because}`, about, cases)
      : null;
  }
  if (command.role === 'production') return violation(message, props, about);
  return undecided(`${nameOf(command)} may serve production: ${command.roleBecause}`, about, [
    { when: 'it does', message, props },
  ]);
}

/** Message id of what is wrong; `null` where nothing is. */
function messageFor({ command, source, buildBefore }: StartCommand): string | null {
  switch (command) {
    case 'arkos dev':
      return 'dev';
    case 'node source':
      return 'source';
    case 'node .build':
      return 'withoutCli';
    case 'arkos start':
      if (buildBefore === 'no') return 'noBuild';
      // A bare script is run by something else, and that is judged where it stands.
      return buildBefore === 'unknown' && source !== 'package-script' ? 'undecided' : null;
    case 'unknown':
      return 'undecided';
    default:
      return null;
  }
}

function passes(command: StartCommand): Judgement | null {
  if (command.command !== 'arkos start') return null;
  return pass(`${nameOf(command)} runs ${chainOf(command)}: ${command.because}`, command.place);
}

const SOURCES: Readonly<Record<StartSource, string>> = {
  'package-script': 'the package script',
  'nx-target': 'the Nx target',
  dockerfile: 'the image:',
  compose: 'compose:',
  procfile: 'the Procfile:',
  pm2: 'PM2:',
  systemd: 'the systemd unit:',
  kubernetes: 'Kubernetes:',
  helm: 'Helm:',
  platform: 'the platform:',
  ci: 'the deployment:',
};

function nameOf({ source, name }: StartCommand): string {
  return `${SOURCES[source]} ${name}`;
}

/** `npm start → npm run serve → arkos dev`. */
function chainOf({ chain, text }: StartCommand): string {
  const steps = [...chain.map((step) => step.text), text].filter(
    (step, index, all) => step !== all[index - 1],
  );
  return steps.join(' → ');
}
