/** What the command line asks a daemon about itself. Checks are asked for by `hooks/hook.sh` and `ask.pl`. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { readPass } from './pass-file.ts';
import type { Pass } from './pass-file.ts';
import { isPrivate } from './private-folder.ts';
import { PATHS, PATIENCE, PROTOCOL, proofOf } from './protocol.ts';
import type { DaemonStatus, Hello } from './protocol.ts';

/** @returns null where no daemon answers that speaks as we do. */
export async function askHello(folder: string, pass: Pass): Promise<Hello | null> {
  const hello = (await askPlain(folder, pass, PATHS.hello)) as Hello | null;
  return hello?.protocol === PROTOCOL ? hello : null;
}

/** @returns null where no daemon answers. */
export async function askStatus(folder: string): Promise<DaemonStatus | null> {
  const pass = await readPass(folder);
  return pass && ((await askPlain(folder, pass, PATHS.status)) as DaemonStatus | null);
}

/** @returns the process that was told to end; null where no daemon answers. */
export async function askToStop(folder: string): Promise<number | null> {
  const pass = await readPass(folder);
  if (pass === null || (await askHello(folder, pass)) === null) return null;
  await askPlain(folder, pass, PATHS.stop);
  return pass.pid;
}

async function askPlain(folder: string, pass: Pass, path: string): Promise<unknown> {
  const nonce = makeNonce();
  const proof = proofOf(pass.answerToken, { nonce, index: '' });
  const text = await post(folder, pass, path, Buffer.from(`${pass.askToken}\0${nonce}`), proof);
  try {
    return text === null ? null : JSON.parse(text || 'null');
  } catch {
    return null;
  }
}

function makeNonce(): string {
  return randomBytes(12).toString('hex');
}

/** @returns what follows the proof in the body of a 200; null for everything else. Never rejects. */
async function post(
  folder: string,
  { socket }: Pass,
  path: string,
  body: Buffer,
  proof: string,
): Promise<string | null> {
  if (process.platform !== 'win32' && !(await isPrivate(join(folder, socket), 'socket'))) return null;
  const head = `POST ${path} HTTP/1.1\r\nhost: bulwark\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n`;
  const answer = await exchange(folder, socket, Buffer.concat([Buffer.from(head), body]));
  return answer === null ? null : readAnswer(answer, proof);
}

/** Everything the other side writes until it closes; null where it is silent for too long. */
function exchange(folder: string, name: string, request: Buffer): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connectIn(folder, name);
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('silent')));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => resolve(null));
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    // Node's server takes an end of ours for one who hung up.
    socket.write(request);
  });
}

/** By the name alone, from inside the folder: the whole path may be longer than a socket's may be. */
function connectIn(folder: string, name: string): Socket {
  if (process.platform === 'win32') return connect(name);
  const before = process.cwd();
  try {
    process.chdir(folder);
    return connect(name);
  } finally {
    process.chdir(before);
  }
}

/** RFC 9112: the status line, fields, an empty line, the body; whole only if it is as long as it says. */
function readAnswer(answer: Buffer, proof: string): string | null {
  const end = answer.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = answer.toString('latin1', 0, end);
  const body = answer.subarray(end + 4);
  const length = /^content-length: *(\d+)$/im.exec(head)?.[1];
  if (!head.startsWith('HTTP/1.1 200 ') || Number(length) !== body.length) return null;
  const text = body.toString('utf8');
  return text.startsWith(`${proof}\n`) ? text.slice(proof.length + 1) : null;
}
