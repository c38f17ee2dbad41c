import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BIN, createTempRepo, exemplaryConfig } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';

/** A repository whose hooks are the built command line. */
export async function repoWithHook(initArgs: readonly string[] = []): Promise<TempRepo> {
  const repo = await createTempRepo(initArgs);
  await writeHooks(join(repo.root, '.git/hooks'));
  return repo;
}

/** Puts hooks that are the built command line into a folder. */
export async function writeHooks(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const hook of ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push']) {
    await writeFile(join(folder, hook), `#!/bin/sh\n${commandOf(hook)} "$@"\n`);
    await chmod(join(folder, hook), 0o755);
  }
}

/** Under `npm run test:equal`, the hook that compares every way of asking. */
function commandOf(hook: string): string {
  const tally = process.env['BULWARK_TEST_EQUAL'];
  if (tally === undefined) return `exec '${process.execPath}' '${BIN}' hook ${hook}`;
  return `BULWARK_TEST_EQUAL='${tally}' exec '${process.execPath}' '${EQUAL_HOOK}' ${hook}`;
}

const EQUAL_HOOK = fileURLToPath(new URL('equal-hook.mjs', import.meta.url));

/** Text of a configuration for Arkos 1.6 that keeps the whole guide, with this expression for `routers.strict`. */
export function configWith(strict: string): string {
  return exemplaryConfig({ strict });
}

/** Writes a small app that keeps the whole guide, with this configuration. */
export async function writeApp(repo: TempRepo, root: string, config: string, arkos = '1.6.7'): Promise<void> {
  const scripts = { dev: 'arkos dev', build: 'arkos build', start: 'npm run build && arkos start' };
  const manifest = { name: root.split('/').at(-1), scripts, dependencies: { arkos } };
  await repo.write(`${root}/package.json`, JSON.stringify(manifest));
  await repo.write(`${root}/tsconfig.json`, JSON.stringify({ include: ['src', 'arkos.config.ts'] }));
  await repo.write(`${root}/src/app.ts`, "import arkos from 'arkos';\n\nexport const app = arkos();\n");
  await repo.write(`${root}/arkos.config.ts`, config);
  await repo.write('.gitignore', '.env\n.env.*\n!.env.example\n');
}
