/** Whatever answers in a daemon's place can neither pass a bad commit nor block a good one. */
import { chmod, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TempRepo } from '@bulwark/testing';
import {
  daemonRepo,
  expectRightVerdicts,
  folderOf,
  isRunning,
  removeDaemonRepo,
  signal,
  stageLeak,
  startDaemon,
  until,
} from './daemon-repo.ts';
import { pathWithout, type PoorPath } from './path-without.ts';
import { runProgram } from './run-program.ts';

interface Stranger {
  /** What was asked of it since it was last told what to say. */
  readonly asked: string[];
  readonly folder: string;
  readonly socket: string;
  /** The pass that leads to it. */
  readonly pass: string;
  /** Makes it say this to everybody, and everything as it was at first. */
  become(say: (proof: string) => string): Promise<void>;
  close(): Promise<void>;
}

/** Listens in the place of a daemon that was there, and knows what was in its pass. */
async function impersonate({ root, env }: TempRepo): Promise<Stranger> {
  const pid = await startDaemon({ root, env });
  const folder = await folderOf({ root });
  const lines = (await readFile(join(folder, 'pass'), 'utf8')).split('\n');
  signal(pid, 'SIGKILL');
  await until(() => !isRunning(pid));
  const socket = join(folder, `s${pid}`);
  await rm(socket);
  const asked: string[] = [];
  let answer: (proof: string) => string = () => '';
  const server = createServer({ allowHalfOpen: true }, (connection) => {
    connection.on('error', () => {});
    connection.once('data', (question: Buffer) => {
      asked.push(question.toString('latin1'));
      const [, nonce, , index] = question.toString('latin1').split('\r\n\r\n').at(-1)!.split('\0');
      connection.end(answer(`${lines[3]!} ${nonce} ${index}`));
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  // A process that runs, so that no hook believes the daemon to be gone and starts another.
  const pass = [...lines.slice(0, 4), String(process.pid), ''].join('\n');
  return {
    asked,
    folder,
    socket,
    pass,
    async become(say) {
      answer = say;
      asked.length = 0;
      await chmod(folder, 0o700);
      await chmod(socket, 0o600);
      await rm(join(folder, 'pass'), { force: true });
      await writeFile(join(folder, 'pass'), pass, { mode: 0o600 });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const body = (text: string, status = '200 OK'): string =>
  `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`;

// Hooks ask by perl, and by curl where there is no perl.
describe.each(['perl', 'curl'])('asked by %s', (client) => {
  let repo: TempRepo;
  let stranger: Stranger;
  let poor: PoorPath | null = null;

  beforeAll(async () => {
    repo = await daemonRepo();
    stranger = await impersonate(repo);
    if (client === 'perl') return;
    poor = await pathWithout('perl');
    repo = { ...repo, env: { ...repo.env, PATH: poor.folder } };
  });
  afterAll(async () => {
    await stranger.close();
    await removeDaemonRepo(repo);
    await poor?.remove();
  });

  test.each<[string, (proof: string) => string]>([
    ['garbage', () => 'clean clean clean\n'],
    ['an empty close', () => ''],
    ['a bare 200', () => body('')],
    ['a 200 with praise', () => body('✔ No finding\n')],
    ['HTML', () => body('<html><body>It works!</body></html>')],
    ['half a body', () => body('✔ No finding\n').slice(0, -5)],
    ['204', () => 'HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n'],
    ['404', () => body('', '404 Not Found')],
    ['500', () => body('', '500 Internal Server Error')],
    ['409 to all', () => body('', '409 Conflict')],
    ['a redirect', () => 'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\ncontent-length: 0\r\n\r\n'],
    ['the proof of another index', (proof) => body(`${proof.replace(/\w+$/, 'f'.repeat(40))}\n✔\n`)],
    [
      'the proof of another question',
      (proof) => body(`${proof.replace(/ \w+ /, ` ${'0'.repeat(24)} `)}\n✔\n`),
    ],
    ['a proof cut short', (proof) => body(`${proof.slice(0, -1)}\n✔\n`)],
    ['the proof in a 503', (proof) => body(`${proof}\n✔\n`, '503 Service Unavailable')],
    ['the proof in half a body', (proof) => body(`${proof}\n✔ No finding\n`).slice(0, -4)],
  ])('F100: %s changes no verdict', async (_what, say) => {
    await stranger.become(say);
    await expectRightVerdicts(repo);
    // Both hooks of the good commit, and the one that refused the bad one.
    expect(stranger.asked).toHaveLength(3);
  });

  test('F99: a pass of another version is not asked', async () => {
    await stranger.become((proof) => body(`${proof}\n✔\n`));
    await writeFile(join(stranger.folder, 'pass'), stranger.pass.replace('bulwark 1', 'bulwark 2'));
    await expectRightVerdicts(repo);
    expect(stranger.asked).toEqual([]);
  });

  test.each<[string, (place: Stranger) => Promise<void>]>([
    ['a folder that others may enter', ({ folder }) => chmod(folder, 0o755)],
    ['a socket that others may use', ({ socket }) => chmod(socket, 0o666)],
    ['a pass that others may read', ({ folder }) => chmod(join(folder, 'pass'), 0o644)],
    [
      'a pass behind a link',
      async ({ folder }) => {
        await rename(join(folder, 'pass'), join(folder, 'elsewhere'));
        await symlink('elsewhere', join(folder, 'pass'));
      },
    ],
  ])('%s is not asked', async (_what, spoil) => {
    await stranger.become((proof) => body(`${proof}\n✔\n`));
    await spoil(stranger);
    await expectRightVerdicts(repo);
    expect(stranger.asked).toEqual([]);
  });

  test('what is said with the right proof is believed, or the rows above would show nothing', async () => {
    await stranger.become((proof) => body(`${proof}\nsaid by the stranger\n`));
    await stageLeak(repo);
    const { code, output } = await runProgram(repo, ['git', 'commit', '--message', 'believed']);
    expect([code, output]).toEqual([0, expect.stringMatching(/said by the stranger/)]);
  });
});
