import { afterEach, expect, test } from '@jest/globals';
import { openLane } from './lane.ts';
import type { Lane } from './lane.ts';
import type { Ask } from './protocol.ts';

/** A thread that says a word back, hangs, throws or ends, as it is told. */
const WORKER = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.postMessage('ready');
    parentPort.on('message', ({ id, ask: { words: [word] } }) => {
      if (word === 'hang') for (;;);
      if (word === 'end') process.exit(1);
      if (word === 'fill') { const all = []; for (;;) all.push(new Array(1e6).fill(id)); }
      if (word === 'throw') parentPort.postMessage({ id, answer: null, failure: 'thrown' });
      else parentPort.postMessage({ id, answer: { code: 0, stdout: word, stderr: '' } });
    });
  `)}`,
);

const failures: string[] = [];
let lane: Lane;

function open(deadline: number): Lane {
  failures.length = 0;
  lane = openLane({ worker: WORKER, deadline, heap: 32, onFailure: (what) => failures.push(what) });
  return lane;
}
afterEach(() => lane.renew());

const ask = (word: string): Ask => ({
  words: [word],
  cwd: '/',
  env: {},
  stdin: new Uint8Array(),
  isTerminal: false,
});

test('many calls at once are answered, each with its own answer', async () => {
  const { answer, prepare } = open(30_000);
  await prepare();
  const words = Array.from({ length: 20 }, (_, at) => `word ${at}`);
  const said = await Promise.all(words.map((word) => answer(ask(word))));
  expect(said.map((one) => one?.stdout)).toEqual(words);
});

test.each([
  ['hangs', 'hang', /took more than 300 ms/],
  ['ends the thread', 'end', null],
  ['fills the memory', 'fill', /memory/],
])(
  'a call that %s is answered with null, those beside it too, and the next one as ever',
  async (_what, word, why) => {
    const { answer } = open(word === 'hang' ? 300 : 60_000);
    expect(await Promise.all([answer(ask(word)), answer(ask('beside'))])).toEqual([null, null]);
    expect((await answer(ask('next')))?.stdout).toBe('next');
    if (why) expect(failures.join('\n')).toMatch(why);
    expect(lane.busy).toBe(0);
  },
);

test('a call that throws is null for itself alone', async () => {
  const { answer } = open(30_000);
  const [thrown, other] = await Promise.all([answer(ask('throw')), answer(ask('other'))]);
  expect([thrown, other?.stdout, failures]).toEqual([null, 'other', ['a call failed: thrown']]);
});
