/** A daemon's whole life, in the process it has to itself. */
import { chmod, readdir, rm, stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { UserError } from '@bulwark/model';
import { askHello } from './client.ts';
import { daemonFolder, makeDaemonFolder } from './daemon-folder.ts';
import { createHttpServer } from './http-server.ts';
import type { Verdict } from './http-server.ts';
import { keepWatch } from './keep-watch.ts';
import type { Watch } from './keep-watch.ts';
import { openLane } from './lane.ts';
import type { Lane } from './lane.ts';
import { openLog } from './log-file.ts';
import { claimPass, makePass, readPass, withdrawPass } from './pass-file.ts';
import type { Pass } from './pass-file.ts';
import { ANSWER_WITHIN, PROTOCOL } from './protocol.ts';
import type { Ask, Hello } from './protocol.ts';

export interface ServeOptions {
  readonly version: string;
  readonly build: string;
  /** Git's folder that the repository's worktrees share, absolute. */
  readonly commonDir: string;
  /** Module whose thread answers calls (`serveJobs`). */
  readonly worker: URL;
  readonly idleSeconds: number;
  /** Asked by itself once it listens, so that whoever asks first finds the repository open; the answer goes nowhere. */
  readonly rehearsal?: Ask;
  /** Whether the code on disk is still the one that runs. */
  isCurrent(): Promise<boolean>;
}

export interface Ending {
  /** In words. */
  readonly why: string;
  /** Whether another one should take its place. */
  readonly again: boolean;
}

/** Milliseconds after which a call is given up, thread and all. */
const DEADLINE = 10_000;

/** An audit may take its time: nobody who commits waits for it. */
const LONG_DEADLINE = 120_000;

const AT_ONCE = 2;

/** Megabytes of objects in one thread. */
const HEAP = 128;

/** Bytes of resident memory beyond which threads are renewed, and if that does not help, the process. */
const MOST_RESIDENT = 190 * 1024 * 1024;

/** Serves until it is stopped or has no reason to stay. @throws UserError where it cannot listen. */
export async function serve(options: ServeOptions): Promise<Ending> {
  const { version, build, commonDir, idleSeconds } = options;
  const folder = daemonFolder(commonDir, build);
  if (!(await makeDaemonFolder(commonDir, build)))
    throw new UserError(
      `${folder} is not ours alone`,
      'Look at who owns it; the hooks work without a daemon.',
    );
  const log = openLog(folder);
  const pass = makePass(process.pid);
  const counts: Record<Verdict, number> = { clean: 0, notClean: 0, couldNotTell: 0 };
  const began = performance.now();
  const hello: Hello = { protocol: PROTOCOL, version, build, root: commonDir, pid: process.pid };
  const lanes = openLanes(options.worker, log.add);
  let finish: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => (finish = resolve));
  let watch: Watch | undefined;
  const end = (why: string): void => finish({ why, again: false });
  const server = createHttpServer({
    pass,
    folder,
    hello: () => hello,
    status: () => ({
      ...hello,
      uptimeSeconds: Math.floor((performance.now() - began) / 1000),
      idleSeconds,
      asked: counts.clean + counts.notClean + counts.couldNotTell,
      ...counts,
      resident: process.memoryUsage.rss(),
    }),
    stop: () => setImmediate(end, 'told to stop'),
    answer: (ask) => laneFor(lanes, ask).answer(ask),
    onRefusal: (why) => log.add(`refused: ${why}`),
    onVerdict(words, verdict, took) {
      watch?.touch();
      counts[verdict] += 1;
      log.add(`${describeCall(words)}: ${verdict}, ${took.toFixed(1)} ms`);
      void keepSmall(lanes, () => finish({ why: 'too much memory in use', again: true }));
    },
  });
  try {
    await lanes.hooks.prepare();
    await listen(server, folder, pass);
    if (!(await claimPass(folder, pass, (other) => isAlive(folder, other))))
      return { why: 'another one is listening', again: false };
    watch = keepWatch({ idleSeconds, whyNotStay: () => whyNotStay(folder, pass, options), onEnd: end });
    if (options.rehearsal) void lanes.hooks.answer(options.rehearsal);
    await sweep(folder, pass);
    log.add(`listening: version ${version}, build ${build.slice(0, 16)}, Node.js ${process.versions.node}`);
    const ending = await ended;
    log.add(`ending: ${ending.why}`);
    return ending;
  } finally {
    watch?.close();
    const current = await readPass(folder);
    if (current?.askToken === pass.askToken) await withdrawPass(folder, pass);
    await closeServer(server);
    await Promise.all(Object.values(lanes).map((lane) => lane.renew()));
    await log.close();
  }
}

interface Lanes {
  readonly hooks: Lane;
  readonly audits: Lane;
}

/** Whoever commits never waits behind an audit. */
function openLanes(worker: URL, onFailure: (what: string) => void): Lanes {
  const shared = { worker, heap: HEAP, atOnce: AT_ONCE, patience: ANSWER_WITHIN, onFailure };
  return {
    hooks: openLane({ ...shared, deadline: DEADLINE }),
    audits: openLane({ ...shared, deadline: LONG_DEADLINE }),
  };
}

function laneFor({ hooks, audits }: Lanes, { words }: Ask): Lane {
  return words[0] === 'hook' ? hooks : audits;
}

/** Only words that are ours: others may be a URL with a password in it. */
function describeCall([first, second]: readonly string[]): string {
  const known = (word: string | undefined): string => (/^[a-z-]{1,20}$/.test(word ?? '') ? word! : '…');
  return first === 'hook' ? `hook ${known(second)}` : known(first);
}

/**
 * From inside the folder, whatever the length of its path. The process stays there; calls name absolute folders.
 * @throws UserError
 */
async function listen(server: Server, folder: string, { socket }: Pass): Promise<void> {
  process.chdir(folder);
  process.umask(0o077);
  await rm(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new UserError(
          `The daemon cannot listen in ${folder}: ${error.message}`,
          'The hooks work without a daemon; BULWARK_DAEMON=0 keeps them from starting one.',
          { cause: error },
        ),
      ),
    );
    server.listen(socket, resolve);
  });
  if (process.platform !== 'win32') await chmod(socket, 0o600);
}

async function isAlive(folder: string, other: Pass): Promise<boolean> {
  return (await askHello(folder, other)) !== null;
}

/** Sockets and files that others left behind. */
async function sweep(folder: string, pass: Pass): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => /^(?:s\d+|away\..*|pass\..*)$/.test(name) && name !== pass.socket);
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true }).catch(() => {})));
}

async function whyNotStay(folder: string, pass: Pass, { isCurrent }: ServeOptions): Promise<string | null> {
  const [own, there] = await Promise.all(['.', folder].map((path) => stat(path).catch(() => null)));
  if (own?.ino !== there?.ino || own?.dev !== there?.dev) return 'the repository was moved or deleted';
  const current = await readPass(folder);
  if (current?.askToken !== pass.askToken) return 'another one took its place';
  return (await isCurrent()) ? null : 'another version was installed';
}

async function keepSmall({ hooks, audits }: Lanes, onStillLarge: () => void): Promise<void> {
  const isLarge = (): boolean => process.memoryUsage.rss() > MOST_RESIDENT;
  if (!isLarge()) return;
  for (const lane of [audits, hooks]) {
    if (lane.busy > 0) return;
    await lane.renew();
    if (!isLarge()) return;
  }
  onStillLarge();
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    setTimeout(() => server.closeAllConnections(), 200).unref();
  });
}
