/** Reads and scans the files of a list into one buffer; prints how long that took (ms) and the peak of memory (KiB). */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { createScanner } from '@bulwark/secrets';

const buffer = Buffer.allocUnsafeSlow(1 << 20);

export async function run() {
  const paths = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const start = performance.now();
  const scanner = createScanner();
  let hits = 0;
  for (const path of paths) hits += (await scanner.scan({ path, bytes: read(path) })).hits.length;
  const scan = performance.now() - start;
  process.stdout.write(JSON.stringify({ scan, hits, rss: process.resourceUsage().maxRSS }));
}

function read(path) {
  const file = openSync(path);
  const length = readSync(file, buffer, 0, buffer.length, 0);
  closeSync(file);
  return length < buffer.length ? buffer.subarray(0, length) : readFileSync(path);
}
