import { describe, expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import { follow } from './follow.ts';
import { readPackages } from './packages.ts';
import type { World } from './follow.ts';

const place = { path: 'x', line: 1, column: 1, endLine: 1, endColumn: 1 };

const api = {
  dev: 'arkos dev',
  build: 'arkos build',
  start: 'arkos start',
  arkos: 'arkos',
  'start:prod': 'cross-env NODE_ENV=production npm run start --',
  prestart: 'npm run build',
  'up:a': 'arkos build',
  'up:b': 'arkos start',
};
const files = {
  'package.json': JSON.stringify({
    name: 'root',
    scripts: {
      dev: 'pnpm --filter @acme/api dev',
      start: 'npm start -w apps/api',
      all: 'turbo run dev',
      loop: 'npm run loop',
    },
  }),
  'apps/api/package.json': JSON.stringify({ name: '@acme/api', scripts: api }),
  'apps/api/project.json': JSON.stringify({
    name: 'api',
    targets: {
      serve: { executor: 'nx:run-commands', options: { command: 'arkos dev', cwd: '{projectRoot}' } },
      run: { command: 'cd {projectRoot} && arkos start', dependsOn: ['build'] },
      both: { options: { commands: ['arkos build', { command: 'arkos start' }], cwd: 'apps/api' } },
      script: { executor: 'nx:run-script', options: { script: 'dev' } },
    },
  }),
  'apps/web/package.json': JSON.stringify({ name: 'web', scripts: { dev: 'vite' } }),
  'apps/api/run.sh': '#!/bin/sh\nset -e\nexport NODE_ENV=production\nexec "$@"\n',
};

async function world(fallback: string | null = null): Promise<World> {
  return {
    packages: await readPackages(memorySnapshot(files)),
    script: (path) => (path === 'apps/api/run.sh' ? { path, text: files[path] } : null),
    locate: (folder) => (folder.startsWith('/') ? null : folder),
    fallback,
  };
}

async function endsOf(
  text: string,
  folder: string | null = '.',
  fallback: string | null = null,
): Promise<string[]> {
  const leaves = follow({ text, place, folder, environment: new Map() }, await world(fallback));
  return leaves.map(({ command, folder: where, environment }) => {
    const mode = environment.get('NODE_ENV');
    return [command, where ?? '?', ...(mode ? [String(mode.value)] : [])].join(' @ ');
  });
}

describe('follow', () => {
  test.each<[string, string[]]>([
    ['cd apps/api && arkos start', ['arkos start @ apps/api']],
    ['npx arkos dev', ['arkos dev @ .']],
    ['npx --yes arkos@1.6.7 dev', ['arkos dev @ .']],
    [
      'node node_modules/arkos/cli.js build; node --enable-source-maps .build/src/app.js',
      ['arkos build @ .', 'node .build @ .'],
    ],
    ['npm run dev', ['arkos dev @ apps/api']],
    ['npm start', ['arkos build @ apps/api', 'arkos start @ apps/api']],
    [
      'npm --prefix apps/api run start:prod',
      ['arkos build @ apps/api @ production', 'arkos start @ apps/api @ production'],
    ],
    ['npm run arkos dev -w @acme/api', ['arkos dev @ apps/api']],
    ['pnpm -C apps/api arkos start --port 80', ['arkos start @ apps/api']],
    ['pnpm --filter=./apps/api start', ['arkos build @ apps/api', 'arkos start @ apps/api']],
    ['pnpm --filter "@acme/*" run dev', ['arkos dev @ apps/api']],
    ['yarn workspace @acme/api dev', ['arkos dev @ apps/api']],
    ['yarn --cwd apps/api dev', ['arkos dev @ apps/api']],
    ['bun run --cwd apps/api dev', ['arkos dev @ apps/api']],
    ['npm run all', ['arkos dev @ apps/api', 'other @ apps/web']],
    ['nx serve api', ['arkos dev @ apps/api']],
    ['npx nx run api:run', ['arkos build @ apps/api', 'arkos start @ apps/api']],
    [
      'nx run-many -t script both --projects=api',
      ['arkos dev @ apps/api', 'arkos build @ apps/api', 'arkos start @ apps/api'],
    ],
    ['NODE_ENV=staging nx dev api', ['arkos dev @ apps/api @ staging']],
    [
      'cd apps/api; concurrently -n a,b "npm:dev" "arkos build"',
      ['arkos dev @ apps/api', 'arkos build @ apps/api'],
    ],
    ['cd apps/api && run-s up:*', ['arkos build @ apps/api', 'arkos start @ apps/api']],
    ['dotenv -e .env -- sh -c "cd apps/api && exec arkos start"', ['arkos start @ apps/api']],
    ['sudo -u node env A=1 NODE_ENV=test timeout 5 arkos dev', ['arkos dev @ . @ test']],
    ['cd apps/api && ./run.sh arkos start', ['arkos start @ apps/api @ production']],
    ['sh apps/api/run.sh npx arkos dev', ['arkos dev @ . @ production']],
    [
      'export NODE_ENV=development; node --run start',
      ['arkos build @ apps/api @ development', 'arkos start @ apps/api @ development'],
    ],
    ['nodemon --exec "npx arkos dev"', ['arkos dev @ .']],
    ['tsx watch src/app.ts', ['node source @ .']],
    ['npm ci && prisma migrate deploy', ['other @ .', 'other @ .']],
    ['npm run $SCRIPT', ['unknown @ .']],
    ['npm run "${SCRIPT:-dev}"', ['unknown @ .']],
    ['npm run nowhere', ['unknown @ .']],
    ['arkos $MODE', ['unknown @ .']],
    ['(cd apps/api && arkos build) && arkos start', ['arkos build @ apps/api', 'arkos start @ .']],
    ['SCRIPT=dev; npm run $SCRIPT', ['arkos dev @ apps/api']],
  ])('%s', async (text, ends) => {
    expect(await endsOf(text)).toEqual(ends);
  });

  test('scripts that call each other in a circle are unknown', async () => {
    expect(await endsOf('npm run loop')).toEqual(['unknown @ .']);
  });

  test('a folder outside the repository is taken for the only app', async () => {
    expect(await endsOf('cd /srv/api && npm run dev', '.', 'apps/api')).toEqual(['arkos dev @ apps/api']);
    expect(await endsOf('cd /srv/api && npm run dev')).toEqual(['unknown @ ?']);
  });

  test('keeps the way', async () => {
    const [leaf] = follow({ text: 'npm run dev', place, folder: '.', environment: new Map() }, await world());
    expect(leaf!.chain.map(({ text, place: { path } }) => [text, path])).toEqual([
      ['npm run dev', 'x'],
      ['pnpm --filter @acme/api dev', 'package.json'],
      ['arkos dev', 'apps/api/package.json'],
    ]);
  });
});
