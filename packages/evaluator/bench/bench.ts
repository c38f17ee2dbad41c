/** `node bench/bench.mjs`: what evaluating 1,000 configurations in both modes costs, beside reading and parsing them once. */
import { createLoader, evaluate } from '../src/index.ts';
import { parse } from '../src/source/parse.ts';
import { languageOf } from '../src/source/language.ts';
import { memorySnapshot } from '../test/memory-snapshot.ts';
import { typicalConfigs } from './configs.ts';

/** Milliseconds of processor time: the machine may be busy with other work. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const COUNT = 1_000;
const ROUNDS = 5;
const files = typicalConfigs(COUNT);
const snapshot = memorySnapshot(files);
const entries = Object.keys(files).filter((path) => path.endsWith('arkos.config.ts'));
const teach = { 'arkos/config#defineConfig': ({ args }: { args: readonly never[] }) => args[0]! };
const modes = ['development', 'production'].map((mode) => ({
  variables: { NODE_ENV: mode },
  others: 'unknown' as const,
}));

/** Reading every module once and parsing it: the floor. */
async function readAndParse(): Promise<void> {
  for (const file of snapshot.files) {
    const language = languageOf(file.path);
    if (language !== 'ts') continue;
    const text = new TextDecoder().decode(await snapshot.read(file));
    parse(text, language);
  }
}

async function everything(): Promise<{ load: number; evaluate: number }> {
  const loader = createLoader(snapshot);
  let load = 0;
  let run = 0;
  for (const path of entries) {
    const start = now();
    const graph = await loader.load(path);
    const middle = now();
    for (const env of modes) evaluate(graph, { env, teach });
    load += middle - start;
    run += now() - middle;
  }
  return { load, evaluate: run };
}

const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
const floors: number[] = [];
const loads: number[] = [];
const runs: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const start = now();
  await readAndParse();
  floors.push(now() - start);
  const { load, evaluate: run } = await everything();
  loads.push(load);
  runs.push(run);
}
const floor = median(floors);
process.stdout.write(
  `${COUNT} configurations, processor time, median of ${ROUNDS} rounds\n` +
    `  read and parse once   ${floor.toFixed(0)} ms\n` +
    `  load (find and parse) ${median(loads).toFixed(0)} ms\n` +
    `  evaluate, both modes  ${median(runs).toFixed(0)} ms = ${(median(runs) / floor).toFixed(2)} x\n` +
    `  everything            ${(median(loads) + median(runs)).toFixed(0)} ms = ${((median(loads) + median(runs)) / floor).toFixed(2)} x\n` +
    `  resident              ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB\n`,
);
