/** Requests in, answers out: who is answered, and what an answer begins with. */
import { timingSafeEqual } from 'node:crypto';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { readIndexEnd } from './index-end.ts';
import type { Pass } from './pass-file.ts';
import { ANSWER_WITHIN, LONGEST_ASK, PATHS, STATUS, decodeAsk, isToken, proofOf } from './protocol.ts';
import type { Answer, Ask, DaemonStatus, Hello, SealedAsk } from './protocol.ts';

export type Verdict = 'clean' | 'notClean' | 'couldNotTell';

export interface HttpServerParts {
  readonly pass: Pass;
  /** The daemon's folder: whoever asks must mean the same. */
  readonly folder: string;
  hello(): Hello;
  status(): DaemonStatus;
  stop(): void;
  /** `null`: it cannot tell. */
  answer(ask: Ask): Promise<Answer | null>;
  /** Called once for every question, with the milliseconds it took. */
  onVerdict(words: readonly string[], verdict: Verdict, took: number): void;
  /** Called for whoever is not answered at all, with the reason. */
  onRefusal(why: string): void;
}

interface Reply {
  readonly status: number;
  readonly body?: string;
}

export function createHttpServer(parts: HttpServerParts): Server {
  const server = createServer((request, response) => {
    reply(request, parts).then(
      (said) => send(response, said),
      () => send(response, { status: STATUS.cannotTell }),
    );
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  return server;
}

function send(response: ServerResponse, { status, body = '' }: Reply): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
}

async function reply(request: IncomingMessage, parts: HttpServerParts): Promise<Reply> {
  if (request.method !== 'POST') return refuse(parts, 'unknownPath', 'no such question');
  const body = await readBody(request);
  if (body === null) return refuse(parts, 'notUnderstood', 'a question that is too long');
  if (request.url === PATHS.check) return replyToCheck(body, parts);
  const [token, nonce] = body.toString('latin1').split('\0');
  if (!isToken(token) || !isToken(nonce))
    return refuse(parts, 'notUnderstood', 'a question in no known form');
  if (!isSame(token, parts.pass.askToken)) return refuse(parts, 'refused', 'a wrong token');
  const said = sayTo(request.url, parts);
  if (said === null) return refuse(parts, 'unknownPath', 'no such question');
  return { status: 200, body: `${proofOf(parts.pass.answerToken, { nonce, index: '' })}\n${said}` };
}

function refuse({ onRefusal }: HttpServerParts, status: keyof typeof STATUS, why: string): Reply {
  onRefusal(why);
  return { status: STATUS[status] };
}

function sayTo(url: string | undefined, parts: HttpServerParts): string | null {
  if (url === PATHS.hello) return JSON.stringify(parts.hello());
  if (url === PATHS.status) return JSON.stringify(parts.status());
  if (url !== PATHS.stop) return null;
  parts.stop();
  return '';
}

async function replyToCheck(body: Buffer, parts: HttpServerParts): Promise<Reply> {
  const ask = decodeAsk(body);
  if (ask === null) return refuse(parts, 'notUnderstood', 'a question in no known form');
  if (!isSame(ask.token, parts.pass.askToken)) return refuse(parts, 'refused', 'a wrong token');
  if (!isSameFolder(resolve(ask.cwd, ask.folder), parts.folder))
    return refuse(parts, 'refused', 'about another repository');
  const started = performance.now();
  const [status, text] = await judge(ask, parts);
  const verdict = VERDICTS[status];
  parts.onVerdict(ask.words, verdict, performance.now() - started);
  if (status !== STATUS.clean) return { status };
  return { status, body: `${proofOf(parts.pass.answerToken, ask)}\n${text}` };
}

const VERDICTS = {
  [STATUS.clean]: 'clean',
  [STATUS.notClean]: 'notClean',
  [STATUS.cannotTell]: 'couldNotTell',
} as const;

type Judged = readonly [status: keyof typeof VERDICTS, text: string];

/** Clean is only what is clean to the last: the very index that was named, before and after, and no word of doubt. */
async function judge({ index, ...ask }: SealedAsk, parts: HttpServerParts): Promise<Judged> {
  const isStill = (): boolean => index === '' || readIndexEnd(indexFileOf(ask)) === index;
  if (!isStill()) return [STATUS.cannotTell, ''];
  const answer = await within(ANSWER_WITHIN, parts.answer(ask));
  if (answer === null || answer.code === 2) return [STATUS.cannotTell, ''];
  if (answer.code !== 0) return [STATUS.notClean, ''];
  if (answer.stderr !== '' || !isStill()) return [STATUS.cannotTell, ''];
  return [STATUS.clean, answer.stdout];
}

function indexFileOf({ cwd, env }: Ask): string {
  return resolve(cwd, env['GIT_INDEX_FILE'] ?? join(env['GIT_DIR'] ?? '.git', 'index'));
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((settle) => {
    timer = setTimeout(settle, milliseconds, null);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns null where there is more than a request may hold. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > LONGEST_ASK) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function isSame(given: string, secret: string): boolean {
  return given.length === secret.length && timingSafeEqual(Buffer.from(given), Buffer.from(secret));
}

function isSameFolder(given: string, own: string): boolean {
  const [a, b] = [given, own].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return Boolean(a && b && a.dev === b.dev && a.ino === b.ino);
}
