/**
 * Recall and near-misses of our scanner and of secretlint alone on a corpus of labelled texts (JSON lines, gzip:
 * id, source, rule, provider, should_match, file, b64).
 *   npm run eval:secrets -- <corpus.jsonl.gz> [--part tuning|held-out] [--providers] [--ids]
 * The held-out part is a third of the providers, chosen by a hash of their names: look at the ids of the other
 * part only, or you measure what you remember. Prints numbers and ids, never a text.
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { loadScanner } from './load-source.mjs';

secretLintProfiler.setEnabled(false);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { part: { type: 'string' }, providers: { type: 'boolean' }, ids: { type: 'boolean' } },
});
const [corpus] = positionals;
if (corpus === undefined) {
  process.stderr.write(
    'usage: npm run eval:secrets -- <corpus.jsonl.gz> [--part tuning|held-out] [--providers] [--ids]\n',
  );
  process.exit(2);
}

const isHeldOut = ({ provider }) => createHash('sha256').update(provider).digest()[0] % 3 === 0;
const rows = gunzipSync(readFileSync(corpus))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter((row) => values.part === undefined || isHeldOut(row) === (values.part === 'held-out'));

const { module, outfile } = await loadScanner('scanner');
const scanner = module.createScanner();
const tally = new Map();
const detectors = new Map();
try {
  for (const row of rows) await judge(row);
} finally {
  rmSync(outfile);
}
print();

async function judge(row) {
  const bytes = Buffer.from(row.b64, 'base64');
  const { hits } = await scanner.scan({ path: row.file || 'input.txt', bytes });
  const theirs = await lint(row.file || 'input.txt', bytes.toString('utf8'));
  for (const key of ['all', `source ${row.source}`, `provider ${row.provider}`]) {
    const entry = tally.get(key) ?? { match: 0, ours: 0, lint: 0, miss: 0, oursMiss: 0, lintMiss: 0 };
    tally.set(key, entry);
    if (row.should_match) {
      entry.match += 1;
      entry.ours += Number(hits.length > 0);
      entry.lint += Number(theirs);
    } else {
      entry.miss += 1;
      entry.oursMiss += Number(hits.length > 0);
      entry.lintMiss += Number(theirs);
    }
  }
  if (hits.length > 0 !== row.should_match) {
    detectors.set(
      row.id,
      `${row.should_match ? 'missed ' : 'flagged'} ${row.id} ${hits.map(({ detector }) => detector).join(' ')}`,
    );
  }
}

async function lint(filePath, content) {
  const result = await lintSource({
    source: { filePath, content, ext: '', contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
    },
  });
  return result.messages.length > 0;
}

function print() {
  const lines = [['', 'recall', 'secretlint', 'of', 'near-misses flagged', 'secretlint', 'of']];
  for (const [key, entry] of [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (key.startsWith('provider ') && !values.providers) continue;
    lines.push([
      key,
      share(entry.ours, entry.match),
      share(entry.lint, entry.match),
      entry.match,
      share(entry.oursMiss, entry.miss),
      share(entry.lintMiss, entry.miss),
      entry.miss,
    ]);
  }
  for (const line of lines)
    process.stdout.write(
      `${line.map((cell, at) => String(cell)[at === 0 ? 'padEnd' : 'padStart'](at === 0 ? 32 : 12)).join(' ')}\n`,
    );
  if (values.ids) process.stdout.write(`${[...detectors.values()].toSorted().join('\n')}\n`);
}

function share(part, whole) {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}
