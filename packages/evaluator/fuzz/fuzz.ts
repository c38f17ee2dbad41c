/** `npm run fuzz:evaluator -- [--count N] [--seed N] [--first] [--whole]`: the evaluator against Node on many random programs. */
import { parseArgs } from 'node:util';
import { runDifferential, shrink } from '../test/differential/differential.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    first: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
let seed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const CHUNK = 1_000;
let done = 0;
let failed = 0;
const total = { known: 0, undecided: 0 };
const open = { known: 0, undecided: 0 };
while (done < count) {
  const size = Math.min(CHUNK, count - done);
  const result = await runDifferential(seed, size);
  done += size;
  total.known += result.known.known;
  total.undecided += result.known.undecided;
  open.known += result.open.known;
  open.undecided += result.open.undecided;
  failed += result.failures.length;
  const share = ((100 * total.undecided) / (total.known + total.undecided)).toFixed(2);
  const openShare = ((100 * open.undecided) / (open.known + open.undecided)).toFixed(2);
  say(
    `seed ${seed}: ${size} programs, ${result.skipped} skipped, ${result.failures.length} failed; undecided so far ${share} % (variables known), ${openShare} % (unknown)`,
  );
  for (const failure of result.failures.slice(0, values.first ? 1 : 4)) {
    const small = values.whole ? failure : await shrink(failure);
    say(`\n--- ${small.message}`);
    for (const [path, text] of Object.entries(small.program.files)) say(`// ${path}\n${text}`);
  }
  if (values.first && failed > 0) break;
  seed += 1;
}
say(`${done} programs, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
