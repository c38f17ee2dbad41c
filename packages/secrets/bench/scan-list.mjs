/** Reads and scans the files of a list; prints how long that took and the peak of memory (in KiB). */
import { readFileSync } from 'node:fs';
import { createScanner } from '../src/index.ts';

const paths = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const start = performance.now();
const scanner = createScanner();
let hits = 0;
for (const path of paths) hits += (await scanner.scan({ path, bytes: readFileSync(path) })).hits.length;
const scan = performance.now() - start;
process.stdout.write(JSON.stringify({ scan, hits, rss: process.resourceUsage().maxRSS }));
