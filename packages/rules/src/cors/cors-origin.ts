import { defineRule, judgeValue, property } from '@bulwark/model';
import type { CorsSetting, Judgement, Known, Props, SocketServer, WrittenKey } from '@bulwark/model';
import { deadTwin } from '../dead-twin.ts';
import { judgeOrigins } from './judge-origins.ts';

interface Input {
  readonly cors: CorsSetting;
  readonly version: string;
  /** A key somebody wrote in its place that this version does not read. */
  readonly twin: WrittenKey | null;
  readonly sockets: readonly SocketServer[];
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'cors-origin',
  title: 'CORS names the origins that may read answers',
  why: 'Where any origin may read answers, any web page a user visits can read from this API what that user may read.',
  severity: 'error',
  messages: {
    any: ({ key, value, write }) => `${key} is ${value}: a page of any origin may read answers; ${write}`,
    reflected: ({ key, value, withCookies, write }) =>
      `${key} is ${value}: whatever origin asks is allowed${withCookies}; ${write}`,
    'star-reflects': ({ key, version, withCookies, write }) =>
      `${key} is "*", which Arkos ${version} takes for "whatever origin asks"${withCookies}; ${write}`,
    'open-by-default': ({ key, version, twin, write }) =>
      `${key} is not set, and Arkos ${version} then lets a page of any origin read answers${twin}; ${write}`,
    'open-when-unset': ({ key, version, write }) =>
      `${key} has no value, which Arkos ${version} takes for any origin; ${write}`,
    'options-ignored': ({ key, version, write }) =>
      `middlewares.cors.options is ignored by Arkos ${version} where allowedOrigins is not beside it, so a page of any origin may read answers; ${write} and put the other options beside origin (${key})`,
    'options-win': ({ key, write }) =>
      `options.origin wins over allowedOrigins and lets any origin in; take it out, and ${write} (${key})`,
    'star-in-list': ({ key, write }) =>
      `${key} lists "*", which matches no origin there: it is compared as it stands; ${write}`,
    'star-in-text': ({ key, value, write }) =>
      `${key} holds ${value}, which matches no origin: a string is compared as it stands; ${write}, or use a RegExp such as /^https:\\/\\/[a-z0-9-]+\\.example\\.com$/`,
    'null-origin': ({ key, write }) =>
      `${key} lets in the origin "null", which any page can take on in a sandboxed frame; ${write}`,
    placeholder: ({ key, value, write }) => `${key} holds the placeholder ${value}; ${write}`,
    unanchored: ({ key, value, write }) =>
      `${key} holds ${value}, which also matches inside longer names such as https://example.com.evil.test; begin it with ^ and end it with $, or ${write}`,
    'any-host': ({ key, value, write }) => `${key} holds ${value}, which matches hosts of anybody; ${write}`,
    'other-hosts': ({ key, value, write }) =>
      `${key} holds ${value}, which also matches hosts that only look alike; write dots as \\. and put \\. before the domain, or ${write}`,
  },
  select: (facts) => ({
    cors: facts.settings.cors,
    version: facts.version,
    twin: deadTwin(facts, (path) => /^(?:middlewares\.)?cors\b/.test(path)),
    sockets: facts.sockets ?? [],
  }),
  check: (input) => [judgeSetting(input), ...input.sockets.map(judgeSocket)],
});

function judgeSetting({ cors, version, twin }: Input): Judgement {
  const { key, place } = cors;
  const subject = { key, place };
  const props: Props = {
    key,
    version,
    withCookies: isTrue(cors) ? ', with cookies' : '',
    twin: twin ? ` (${twin.path} is written, but it reads ${twin.instead ?? 'no such key'})` : '',
    write: `write ${key}: ["https://app.example.com"] with your own origins`,
  };
  return judgeValue(cors.value, subject, (outcome) => {
    const judgement = judgeOrigins(outcome, { subject, props });
    if (judgement.verdict !== 'violation') return judgement;
    return { ...judgement, message: reasonOf(judgement.message, cors, outcome as Known) };
  });
}

/** Socket.IO hands its `cors` to the same package. */
function judgeSocket({ place, origin }: SocketServer): Judgement {
  const key = 'cors.origin of the Socket.IO server';
  const subject = { key, place };
  const write = 'write cors: { origin: ["https://app.example.com"] } in its options, with your own origins';
  const props = { key, withCookies: '', write };
  return judgeValue(origin, subject, (outcome) => judgeOrigins(outcome, { subject, props }));
}

function isTrue({ credentials }: CorsSetting): boolean {
  return credentials.kind === 'known' && credentials.value === true;
}

/** Why everybody is let in, where that is not what the value itself says. */
function reasonOf(message: string, { written, trap }: CorsSetting, { from }: Known): string {
  if (message !== 'any' && message !== 'reflected') return message;
  if (trap === 'options-ignored' || trap === 'options-win' || trap === 'star-reflects') return trap;
  if (from.kind !== 'default') return message;
  const isWritten = ['origin', 'allowedOrigins'].some((name) => property(written, name).kind !== 'absent');
  return isWritten ? 'open-when-unset' : 'open-by-default';
}
