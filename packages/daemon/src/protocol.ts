/**
 * The whole conversation with a daemon: HTTP/1.1 over a unix socket (a named pipe on Windows), one request a
 * connection.
 *
 * The pass (`pass-file.ts`) holds two secrets. Whoever asks shows the first, so that nobody else is answered; every
 * answer begins with the second, so that nobody else is believed.
 *
 * | request        | body                                          | answer                                        |
 * | -------------- | --------------------------------------------- | --------------------------------------------- |
 * | `POST /hello`  | fields `token`, `nonce`                       | 200, {@link Hello} as JSON                    |
 * | `POST /status` | the same                                      | 200, {@link DaemonStatus} as JSON             |
 * | `POST /stop`   | the same                                      | 200, nothing; then it ends                    |
 * | `POST /check`  | all fields of {@link encodeAsk}, in its order | 200: clean, and what to print. 409: not clean |
 *
 * 400: not understood. 403: not the token, or another repository. 503: cannot tell. Only a 200 says anything of what
 * was asked about; whoever gets anything else looks for himself.
 *
 * The body of a 200 is a line `<answer token> <nonce>`, for a check with ` <index>` behind it, and then the rest.
 */
import { isUtf8 } from 'node:buffer';
import { GIT_VARIABLES } from '@bulwark/model';

export const PROTOCOL = 1;

export const PATHS = { hello: '/hello', check: '/check', status: '/status', stop: '/stop' } as const;

export const STATUS = {
  clean: 200,
  notUnderstood: 400,
  refused: 403,
  unknownPath: 404,
  notClean: 409,
  cannotTell: 503,
} as const;

/** Milliseconds until whoever asks gives up a silent daemon. */
export const PATIENCE = 2000;

/** Milliseconds until the daemon says that it cannot tell yet, which is sooner than others would hear nothing. */
export const ANSWER_WITHIN = 1500;

/** Bytes of a request: the refs of a push, or a message. */
export const LONGEST_ASK = 16 * 1024 * 1024;

/** The variables that what a check says may depend on: a hook hands these on, and no others. */
export const HANDED_ON = [
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'TERM',
  'NO_COLOR',
  'FORCE_COLOR',
  'BULWARK_DEBUG',
  'BULWARK_REPORT_KEY',
  'GIT_EDITOR',
  ...GIT_VARIABLES,
] as const;

/** A call of the command line. */
export interface Ask {
  /** What would stand behind `bulwark`. */
  readonly words: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array;
  /** Whether what is printed goes to a terminal. */
  readonly isTerminal: boolean;
}

/** What the call came to. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A call, and what is needed to believe the answer. */
export interface SealedAsk extends Ask {
  readonly token: string;
  /** Made for this one request; the answer repeats it. */
  readonly nonce: string;
  /** The daemon's folder as the asker sees it; may be relative to {@link Ask.cwd}. */
  readonly folder: string;
  /** How the index file ends, in hex (`index-end.ts`); empty where no index is asked about. */
  readonly index: string;
}

export interface Hello {
  readonly protocol: number;
  /** Of the product. */
  readonly version: string;
  /** Digest of all the code that answers: rules, detectors, dependencies. */
  readonly build: string;
  /** Git's folder that the repository's worktrees share, absolute. */
  readonly root: string;
  readonly pid: number;
}

export interface DaemonStatus extends Hello {
  readonly uptimeSeconds: number;
  /** Idle seconds after which it ends. */
  readonly idleSeconds: number;
  readonly asked: number;
  readonly clean: number;
  readonly notClean: number;
  readonly couldNotTell: number;
  /** Resident memory of the process, in bytes. */
  readonly resident: number;
}

/** One field each, ended by NUL; `<letter><text>` may stand any number of times; the rest after `i` is the input. */
export function encodeAsk({ token, nonce, folder, index, ...ask }: SealedAsk): Buffer {
  const fields = [
    token,
    nonce,
    folder,
    index,
    ask.cwd,
    ...ask.words.map((word) => `w${word}`),
    ...Object.entries(ask.env).map(([name, value]) => `e${name}=${value}`),
    ...(ask.isTerminal ? ['t'] : []),
  ];
  return Buffer.concat([Buffer.from(`${fields.join('\0')}\0i`, 'utf8'), ask.stdin]);
}

/** @returns null where it is not such a request; a name whose bytes are not UTF-8 is none either. */
export function decodeAsk(body: Buffer): SealedAsk | null {
  const fields: string[] = [];
  for (let at = 0; ;) {
    if (fields.length >= 5 && body[at] === INPUT) return toAsk(fields, body.subarray(at + 1));
    const end = body.indexOf(0, at);
    if (end === -1 || !isUtf8(body.subarray(at, end))) return null;
    fields.push(body.toString('utf8', at, end));
    at = end + 1;
  }
}

const INPUT = 'i'.charCodeAt(0);

function toAsk([token, nonce, folder, index, cwd, ...more]: string[], stdin: Buffer): SealedAsk | null {
  const words: string[] = [];
  const env: [name: string, value: string][] = [];
  let isTerminal = false;
  for (const field of more) {
    const text = field.slice(1);
    const equals = text.indexOf('=');
    if (field.startsWith('w')) words.push(text);
    else if (field === 't') isTerminal = true;
    else if (field.startsWith('e') && equals > 0) env.push([text.slice(0, equals), text.slice(equals + 1)]);
    else return null;
  }
  if (words.length === 0 || !cwd || !folder || !isToken(token) || !isToken(nonce)) return null;
  // Not by assignment, to which some names are no names.
  return {
    token,
    nonce,
    folder,
    index: index ?? '',
    cwd,
    words,
    env: Object.fromEntries(env),
    stdin,
    isTerminal,
  };
}

/** Hex digits only: what is repeated in an answer holds nothing that could end a line. */
export function isToken(text: string | undefined): text is string {
  return text !== undefined && /^[\da-f]{16,128}$/.test(text);
}

/** The first line of an answer. */
export function proofOf(answerToken: string, { nonce, index }: Pick<SealedAsk, 'nonce' | 'index'>): string {
  return index === '' ? `${answerToken} ${nonce}` : `${answerToken} ${nonce} ${index}`;
}
