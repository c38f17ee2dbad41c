import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  IDLE_SECONDS,
  LOG_FILE,
  askStatus,
  daemonFolder,
  readLog,
  serve,
  startDaemon,
} from '@bulwark/daemon';
import type { DaemonStatus } from '@bulwark/daemon';
import { UserError, printable } from '@bulwark/model';
import { needRepository } from '../audit-history.ts';
import { readBuildId } from '../build-id.ts';
import type { Call, Command } from '../command.ts';
import { rehearseCommit } from '../daemon/rehearse-commit.ts';
import { stopDaemon } from '../daemon/stop-daemon.ts';
import type { Io } from '../io.ts';
import { version } from '../version.ts';

const notes = [
  'A daemon keeps what is known of this repository at hand, so that a hook costs little more than asking. It only',
  'makes answers faster: without one, every check runs by itself and comes to the same. With BULWARK_DAEMON=0,',
  'and in CI, hooks neither ask it nor start it.',
];

const idleOption = {
  idle: {
    type: 'string',
    value: 'SECONDS',
    help: `end after this long without a question (default ${IDLE_SECONDS})`,
  },
} as const;

const topOption = {
  top: { type: 'string', value: 'FOLDER', help: 'the work tree whose next commit is likely asked about' },
} as const;

export const daemonStart: Command = {
  words: ['daemon', 'start'],
  summary: 'Start the daemon of this repository, in the background; beside a running one it does nothing.',
  options: { ...idleOption },
  notes,
  async run({ options, io }) {
    const { folder, commonDir, topLevel } = await place(io);
    const command = serveCommand({ commonDir, topLevel, idle: readIdle(options['idle']) });
    const status = await startDaemon(folder, command, { cwd: commonDir, env: io.env });
    if (status === null) throw new UserError('The daemon did not start.', await whyNot(folder));
    io.write(`The daemon is running (process ${status.pid}); it ends after ${describeIdle(status)}.\n`);
    return 0;
  },
};

/** What `start` runs in a session of its own. */
export const daemonServe: Command = {
  words: ['daemon', 'serve'],
  summary: 'What daemon start runs in the background.',
  isHidden: true,
  arguments: ['folder'],
  options: { ...idleOption, ...topOption },
  async run({ positionals, options, io }) {
    const [commonDir] = positionals as [string];
    const build = await needBuild();
    const idle = readIdle(options['idle']);
    const topLevel = (options['top'] as string | undefined) ?? null;
    const { again } = await serve({
      version,
      build,
      commonDir,
      worker: new URL('../../bin/daemon-worker.cjs', import.meta.url),
      idleSeconds: idle,
      ...(topLevel === null ? {} : { rehearsal: rehearseCommit(topLevel, io.env) }),
      isCurrent: async () => readBuildId() === build,
    });
    if (again) startInBackground(serveCommand({ commonDir, topLevel, idle }), commonDir);
    return 0;
  },
};

export const daemonStop: Command = {
  words: ['daemon', 'stop'],
  summary: 'End the daemon of this repository.',
  options: {},
  notes,
  async run({ io }) {
    const { folder } = await place(io);
    const pid = await stopDaemon(folder);
    io.write(pid === null ? NOT_RUNNING : `The daemon (process ${pid}) has ended.\n`);
    return 0;
  },
};

export const daemonStatus: Command = {
  words: ['daemon', 'status'],
  summary: 'Tell whether the daemon runs, and what it did.',
  options: {},
  notes: ['Exit codes of daemon status: 0 it runs; 1 it does not.'],
  async run({ io }) {
    const { folder } = await place(io);
    const status = await askStatus(folder);
    io.write(status === null ? NOT_RUNNING : describe(status, folder));
    return status === null ? 1 : 0;
  },
};

export const daemonLogs: Command = {
  words: ['daemon', 'logs'],
  summary: 'Show what the daemon wrote down: questions, verdicts and times, no names and no content.',
  options: {},
  async run({ io }) {
    const { folder } = await place(io);
    io.write((await readLog(folder)) || 'No daemon of this version has run here yet.\n');
    return 0;
  },
};

const NOT_RUNNING = 'No daemon is running for this repository.\n';

interface Place {
  readonly folder: string;
  readonly commonDir: string;
  /** `null` for a bare repository. */
  readonly topLevel: string | null;
}

async function place(io: Io): Promise<Place> {
  const { commonDir, topLevel } = await needRepository(io);
  return { commonDir, topLevel, folder: daemonFolder(commonDir, await needBuild()) };
}

async function needBuild(): Promise<string> {
  const build = readBuildId();
  if (build === null)
    throw new UserError('This is not built, so no daemon can tell what it is.', 'Run: npm run build');
  return build;
}

interface Served extends Pick<Place, 'commonDir' | 'topLevel'> {
  /** Seconds. */
  readonly idle: number;
}

function serveCommand({ commonDir, topLevel, idle }: Served): [string, ...string[]] {
  const bin = fileURLToPath(new URL('../../bin/bulwark.cjs', import.meta.url));
  const top = topLevel === null ? [] : [`--top=${topLevel}`];
  return [process.execPath, bin, 'daemon', 'serve', '--idle', String(idle), ...top, '--', commonDir];
}

function startInBackground([program, ...words]: [string, ...string[]], cwd: string): void {
  spawn(program, words, { cwd, detached: true, stdio: 'ignore' }).unref();
}

/** @throws UserError */
function readIdle(said: Call['options'][string]): number {
  if (said === undefined) return IDLE_SECONDS;
  const seconds = Number(said);
  if (/^\d+(?:\.\d+)?$/.test(String(said)) && seconds > 0 && seconds <= 86_400) return seconds;
  throw new UserError(
    `--idle cannot be ${JSON.stringify(said)}.`,
    'Give it seconds: more than 0, at most 86400.',
  );
}

async function whyNot(folder: string): Promise<string> {
  const last = (await readLog(folder)).trimEnd().split('\n').at(-1);
  return `${last ? `It wrote down last: ${last}` : 'It wrote nothing down.'}\nThe hooks work without it.`;
}

function describe(status: DaemonStatus, folder: string): string {
  const megabytes = Math.round(status.resident / 1024 / 1024);
  return [
    `The daemon is running (process ${status.pid}, version ${status.version}) since ${describeSeconds(status.uptimeSeconds)}.`,
    `  asked     ${status.asked}: ${status.clean} clean, ${status.notClean} not clean, ${status.couldNotTell} left to the one who asked`,
    `  memory    ${megabytes} MB`,
    `  ends      after ${describeIdle(status)}`,
    `  log       ${printable(`${folder}/${LOG_FILE}`)}`,
    '',
  ].join('\n');
}

function describeIdle({ idleSeconds }: DaemonStatus): string {
  return `${describeSeconds(idleSeconds)} without a question`;
}

function describeSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
