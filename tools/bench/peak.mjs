/** How much memory a Node program takes. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const note = fileURLToPath(new URL('note-peak.cjs', import.meta.url));

/**
 * @param {readonly string[]} args of Node
 * @param {string} file to note it in @returns {number} megabytes that were resident at most
 */
export function peakOf(args, { cwd, env, file }) {
  execFileSync(process.execPath, ['--require', note, ...args], {
    cwd,
    env: { ...env, BENCH_PEAK: file },
    stdio: 'ignore',
  });
  return Math.round(Number(readFileSync(file, 'utf8')) / 1024);
}
