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

/** Finding and parsing what each entry reaches, and evaluating it in each mode or not at all. */
async function everything(environments: typeof modes): Promise<void> {
  const loader = createLoader(snapshot);
  for (const path of entries) {
    const graph = await loader.load(path);
    for (const env of environments) evaluate(graph, { env, teach });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = now();
  await work();
  return now() - start;
}

const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
const floors: number[] = [];
const loads: number[] = [];
const runs: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  floors.push(await timed(readAndParse));
  const load = await timed(async () => everything([]));
  loads.push(load);
  runs.push((await timed(async () => everything(modes))) - load);
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
