import { afterEach, expect, test } from '@jest/globals';
import { openLane } from './lane.ts';
import type { Lane } from './lane.ts';
import type { Ask } from './protocol.ts';

/** A thread that says a word back, hangs, throws, ends or counts what it has under way, as it is told. */
const WORKER = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.postMessage('ready');
    let begun = 0;
    let underWay = 0;
    parentPort.on('message', ({ id, ask: { words: [word] } }) => {
      if (word === 'hang') for (;;);
      if (word === 'end') process.exit(1);
      if (word === 'fill') { const all = []; for (;;) all.push(new Array(1e6).fill(id)); }
      const say = (stdout) => parentPort.postMessage({ id, answer: { code: 0, stdout, stderr: '' } });
      if (word === 'pause') return void setTimeout(say, 400, word);
      if (word === 'count') {
        underWay += 1;
        const turn = (begun += 1);
        return void setTimeout(() => {
          say(turn + ' of ' + underWay);
          underWay -= 1;
        }, 5);
      }
      if (word === 'throw') parentPort.postMessage({ id, answer: null, failure: 'thrown' });
      else say(word);
    });
  `)}`,
);

/** Milliseconds that a hanging call is waited for; a new thread must start within them, on a busy machine too. */
const SOON = 2000;

const failures: string[] = [];
let lane: Lane;

function open(deadline: number, patience = 60_000): Lane {
  failures.length = 0;
  const onFailure = (what: string): unknown => failures.push(what);
  lane = openLane({ worker: WORKER, atOnce: 2, patience, deadline, heap: 32, onFailure });
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
  ['hangs', 'hang', /took more than 2000 ms/],
  ['ends the thread', 'end', null],
  ['fills the memory', 'fill', /memory/],
])(
  'a call that %s is answered with null, those beside it too, and the next one as ever',
  async (_what, word, why) => {
    const { answer, prepare } = open(word === 'hang' ? SOON : 60_000);
    expect(await Promise.all([answer(ask(word)), answer(ask('beside'))])).toEqual([null, null]);
    await prepare();
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

test('whoever waits too long for a turn is answered with null, though what is under way goes on', async () => {
  const { answer } = open(60_000, 500);
  const words = ['pause', 'pause', 'pause', 'pause', 'late'];
  const said = await Promise.all(words.map((word) => answer(ask(word))));
  expect(said.at(-1)).toBeNull();
  expect(said[0]?.stdout).toBe('pause');
  expect(lane.busy).toBe(0);
  expect((await answer(ask('next')))?.stdout).toBe('next');
});

test('a thread has no more than its number of calls at a time, and begins them in their order', async () => {
  const { answer } = open(60_000);
  const said = await Promise.all(Array.from({ length: 6 }, () => answer(ask('count'))));
  const turns = said.map((one) => (one?.stdout ?? '').split(' of ').map(Number));
  expect(turns.map(([turn]) => turn)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(Math.max(...turns.map(([, underWay]) => underWay!))).toBe(2);
});

test('what waits outlives the thread that hung', async () => {
  const { answer } = open(SOON);
  const said = await Promise.all(['hang', 'beside', 'after'].map((word) => answer(ask(word))));
  expect(said.map((one) => one?.stdout ?? null)).toEqual([null, null, 'after']);
});
