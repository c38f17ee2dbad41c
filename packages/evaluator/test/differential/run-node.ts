/** Runs programs in the real Node, many in one process, each under several environments. */
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import type { Program } from './programs.ts';

export type Variables = Readonly<Record<string, string>>;

/** What Node says: the exports as encoded data, or the error that left the module. */
export type Run = { readonly exports: unknown } | { readonly threw: string };

/** Results by program, then by environment; `null` where TypeScript cannot be stripped. */
export async function runInNode(
  programs: readonly Program[],
  environments: readonly Variables[],
): Promise<(Run[] | null)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evaluator-'));
  try {
    await writeFile(join(folder, 'run.mjs'), RUNNER);
    const written = await Promise.all(
      programs.map(async (program, index) => writeProgram(folder, program, index, environments.length)),
    );
    const plan = { count: programs.length, environments, entries: written };
    await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
    const output = await runChild(folder);
    const runs = output
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { program: number; environment: number; run: Run });
    const results: (Run[] | null)[] = written.map((entry) => (entry === null ? null : []));
    for (const { program, environment, run } of runs) results[program]![environment] = run;
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runChild(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--no-warnings', '--stack-size=1800', 'run.mjs'],
      { cwd: folder, env: {}, maxBuffer: 1 << 30, timeout: 120_000 },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`node failed: ${error.message}\n${stderr}`));
        else resolve(stdout);
      },
    );
  });
}

/** A copy for each environment: a module runs once per process. The entry's path inside it, or `null`. */
async function writeProgram(
  folder: string,
  program: Program,
  index: number,
  copies: number,
): Promise<string | null> {
  const files: Record<string, string> = {};
  for (const [path, text] of Object.entries(program.files)) {
    if (!path.endsWith('.ts')) {
      files[path] = text;
      continue;
    }
    try {
      const { code } = await transform(text, { loader: 'ts', format: 'esm', target: 'esnext' });
      files[path.replace(/\.ts$/, '.js')] = code;
    } catch {
      return null;
    }
  }
  if (program.format === 'ts') files['package.json'] = '{"type":"module"}';
  for (let copy = 0; copy < copies; copy += 1) {
    const home = join(folder, `p${index}`, String(copy));
    await mkdir(home, { recursive: true });
    for (const [path, text] of Object.entries(files)) await writeFile(join(home, path), text);
  }
  return program.entry.replace(/\.ts$/, '.js');
}

/** Plain JavaScript, so that the child needs nothing but Node. */
const RUNNER = `
import { readFileSync, writeSync } from 'node:fs';
const plan = JSON.parse(readFileSync('plan.json', 'utf8'));
const environment = process.env;
const stringify = JSON.stringify;
const write = (line) => { const bytes = Buffer.from(line); for (let at = 0; at < bytes.length; ) { try { at += writeSync(1, bytes, at) } catch (error) { if (error.code !== 'EAGAIN') throw error } } };
function encode(value, depth = 0, seen = []) {
  if (depth > 12) return { deep: true };
  switch (typeof value) {
    case 'undefined': return { undefined: true };
    case 'number': return Number.isFinite(value) && !Object.is(value, -0) ? value : { number: Object.is(value, -0) ? '-0' : String(value) };
    case 'bigint': return { bigint: String(value) };
    case 'function': return { function: value.name, length: value.length };
    case 'symbol': return { symbol: true };
    case 'object': break;
    default: return value;
  }
  if (value === null) return null;
  if (seen.includes(value)) return { circular: true };
  const inside = [...seen, value];
  if (Array.isArray(value)) return { array: Array.from({ length: value.length }, (_, i) => (i in value ? encode(value[i], depth + 1, inside) : { hole: true })) };
  if (value instanceof RegExp) return { regexp: value.source, flags: value.flags };
  const of = Object.prototype.toString.call(value);
  if (of !== '[object Object]' && of !== '[object Module]') return { instance: of };
  if (value instanceof Map || value instanceof Set || value instanceof Promise || value instanceof URL) return { instance: of };
  return { object: Object.keys(value).map((key) => { let inner; try { inner = encode(value[key], depth + 1, inside) } catch { inner = { throws: true } } return [key, inner] }) };
}
process.on('unhandledRejection', () => {});
console.log = () => {};
for (let program = 0; program < plan.count; program += 1) {
  if (plan.entries[program] === null) continue;
  for (let at = 0; at < plan.environments.length; at += 1) {
    for (const key of Object.keys(environment)) delete environment[key];
    Object.assign(environment, plan.environments[at]);
    let run;
    try {
      const namespace = await import(new URL('p' + program + '/' + at + '/' + plan.entries[program], import.meta.url));
      run = { exports: plan.entries[program].endsWith('.cjs') ? encode(namespace.default) : encode(namespace) };
    } catch (error) {
      run = { threw: error instanceof Error ? error.name + ': ' + error.message : String(error) };
    }
    write(stringify({ program, environment: at, run }) + '\\n');
  }
}
process.exit(0);
`;
