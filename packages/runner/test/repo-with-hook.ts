import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BIN, createTempRepo } from '@bulwark/testing';
import type { TempRepo } from '@bulwark/testing';

/** A repository whose pre-commit hook is the built command line. */
export async function repoWithHook(): Promise<TempRepo> {
  const repo = await createTempRepo();
  const hooks = join(repo.root, '.git/hooks');
  await mkdir(hooks, { recursive: true });
  await writeFile(
    join(hooks, 'pre-commit'),
    `#!/bin/sh\nexec '${process.execPath}' '${BIN}' hook pre-commit\n`,
  );
  await chmod(join(hooks, 'pre-commit'), 0o755);
  return repo;
}

/** Text of a configuration for Arkos 1.6 with this expression for `routers.strict`. */
export function configWith(strict: string): string {
  return `import { defineConfig } from 'arkos/config';\n\nexport default defineConfig({\n  routers: { strict: ${strict} },\n});\n`;
}

/** Writes the smallest app: a manifest, a tsconfig, an entry and a configuration. */
export async function writeApp(repo: TempRepo, root: string, config: string, arkos = '1.6.7'): Promise<void> {
  await repo.write(
    `${root}/package.json`,
    JSON.stringify({ name: root.split('/').at(-1), dependencies: { arkos } }),
  );
  await repo.write(`${root}/tsconfig.json`, JSON.stringify({ include: ['src', 'arkos.config.ts'] }));
  await repo.write(`${root}/src/app.ts`, "import arkos from 'arkos';\n\nexport const app = arkos();\n");
  await repo.write(`${root}/arkos.config.ts`, config);
}
