/** Repositories to measure on. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const runner = fileURLToPath(new URL('../../packages/runner', import.meta.url));

export const bin = join(runner, 'bin/bulwark.cjs');

/** The files of an Arkos app that keeps the guide. */
export function writeApp(repo, root, config = CONFIG) {
  const scripts = { dev: 'arkos dev', build: 'arkos build', start: 'npm run build && arkos start' };
  const name = root.split('/').at(-1);
  write(repo, `${root}/package.json`, JSON.stringify({ name, scripts, dependencies: { arkos: '1.6.7' } }));
  write(repo, `${root}/src/app.ts`, "import arkos from 'arkos';\n\nexport const app = arkos();\n");
  write(repo, `${root}/tsconfig.json`, '{ "include": ["src", "arkos.config.ts"] }');
  write(repo, `${root}/arkos.config.ts`, config);
}

export const CONFIG = `import { defineConfig } from 'arkos/config';

export default defineConfig({
  routers: { strict: 'no-bulk' },
  authentication: {
    mode: 'static',
    rateLimit: { windowMs: 15 * 60 * 1000, limit: 5 },
    login: { sendAccessTokenThrough: 'cookie-only' },
    jwt: {
      secret: process.env.JWT_SECRET,
      expiresIn: '1h',
      cookie: { httpOnly: true, secure: true, sameSite: 'strict' },
    },
  },
  validation: { resolver: 'zod', strict: true },
  middlewares: {
    cors: { origin: ['https://office.harbour.example'] },
    rateLimit: { windowMs: 60 * 1000, limit: 60 },
  },
  fileUpload: { enabled: true },
  swagger: { enableAfterBuild: false },
});
`;

/** Forty lines of code with nothing to say of them, different for each index and edition. */
export function source(index, edition) {
  const line = (at) =>
    `export const v${at} = (a: number, b: number): number => a * b + ${at * index + edition};\n`;
  return Array.from({ length: 40 }, (_, at) => line(at)).join('');
}

export function write(repo, path, text) {
  const file = join(repo, path);
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

export function git(cwd, ...args) {
  execFileSync('git', args, { cwd, env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
}

export function environment() {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Bench',
    GIT_AUTHOR_EMAIL: 'bench@example.invalid',
    GIT_COMMITTER_NAME: 'Bench',
    GIT_COMMITTER_EMAIL: 'bench@example.invalid',
    // Where installed hooks find the package, seen from a repository two folders down in a bench's own folder.
    BULWARK_FOLDER: '../../tool',
  };
}
