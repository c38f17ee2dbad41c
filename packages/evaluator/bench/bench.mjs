import { fileURLToPath } from 'node:url';
import { runTypeScript } from '../scripts/run-typescript.mjs';

await runTypeScript(fileURLToPath(new URL('bench.ts', import.meta.url)));
