import { describe, expect, test } from '@jest/globals';
import { createLoader } from '@bulwark/evaluator';
import { fromJson, memorySnapshot } from '@bulwark/model';
import { evaluatingUnder } from '../evaluate-module.ts';
import { gatherStart } from './gather-start.ts';
import type { Json, MemoryFile, StartFacts } from '@bulwark/model';

const SCRIPTS = { dev: 'arkos dev', build: 'arkos build', start: 'arkos start', arkos: 'arkos' };
const API = JSON.stringify({ name: '@acme/api', scripts: SCRIPTS });
const WEB = JSON.stringify({ name: 'web', scripts: { start: 'vite preview' } });

const ENV_FILES = {
  development: ['.env', '.env.local', '.env.development', '.env.development.local'],
  production: ['.env', '.env.production'],
};

async function gather(
  files: Record<string, MemoryFile>,
  roots: readonly string[] = ['apps/api'],
  modules: Record<string, Json> = {},
): Promise<StartFacts> {
  const here = { kind: 'place', place: { path: 'm', line: 3, column: 1, endLine: 3, endColumn: 2 } } as const;
  const start = await gatherStart(
    memorySnapshot(files),
    roots.map((root) => ({ root, envFiles: ENV_FILES, liveModes: ['production'] })),
    { evaluate: async (path) => ({ exports: fromJson({ default: modules[path] ?? {} }, here), calls: [] }) },
  );
  return start.forApp(roots[0]!);
}

/** `role command [NODE_ENV] built?` of the commands of one kind of source. */
function told(facts: StartFacts, source: string): string[] {
  return facts.commands
    .filter((it) => it.source === source)
    .map(({ role, command, nodeEnv, buildBefore }) =>
      [
        role,
        command,
        nodeEnv.kind === 'known' ? nodeEnv.value : nodeEnv.kind === 'unknown' ? '?' : '-',
        buildBefore,
      ].join(' | '),
    );
}

const docker = (text: string): Record<string, string> => ({
  'apps/api/package.json': API,
  'apps/web/package.json': WEB,
  'apps/api/Dockerfile': text,
});

describe('package scripts', () => {
  test('the scaffold: dev, build, start', async () => {
    expect(told(await gather({ 'apps/api/package.json': API }), 'package-script')).toEqual([
      'development | arkos dev | - | yes',
      'unknown | arkos build | - | unknown',
      'production | arkos start | - | yes',
    ]);
  });

  test('start that runs dev, and nothing that builds', async () => {
    const manifest = JSON.stringify({
      scripts: { start: 'arkos dev', 'start:prod': 'NODE_ENV=development arkos start' },
    });
    expect(told(await gather({ 'apps/api/package.json': manifest }), 'package-script')).toEqual([
      'production | arkos dev | - | unknown',
      'production | arkos start | development | no',
    ]);
  });

  test('a script at the root that leads into the app', async () => {
    const root = JSON.stringify({ scripts: { 'start:prod': 'pnpm --filter @acme/api dev' } });
    const facts = await gather({ 'package.json': root, 'apps/api/package.json': API });
    const command = facts.commands.find((it) => it.name === 'scripts.start:prod')!;
    expect(command.chain.map(({ place }) => place.path)).toEqual(['package.json', 'apps/api/package.json']);
    expect([command.role, command.command]).toEqual(['production', 'arkos dev']);
  });
});

describe('Dockerfiles', () => {
  test.each<[string, string, string[]]>([
    [
      'build and start in one stage',
      'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
      ['production | arkos start | - | yes'],
    ],
    [
      'dev in an image, shell form, with NODE_ENV',
      'FROM node:22\nENV NODE_ENV=production\nWORKDIR /app\nCOPY . ./\nCMD npx arkos dev\n',
      ['production | arkos dev | production | unknown'],
    ],
    [
      'never built, and .build is not copied',
      'FROM node:22\nWORKDIR /app\nCOPY package.json ./\nCOPY src ./src\nRUN npm ci\nCMD ["npx", "arkos", "start"]\n',
      ['production | arkos start | - | no'],
    ],
    [
      'two stages, the build copied over',
      'FROM node:22 AS build\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /src .\nENTRYPOINT ["tini", "--"]\nCMD ["npm", "run", "start"]\n',
      ['production | arkos start | - | yes'],
    ],
    [
      'a stage on a stage; ENTRYPOINT and CMD joined; ARG filled in',
      'ARG MODE=staging\nFROM node:22 AS base\nENV NODE_ENV=${MODE}\nWORKDIR /app\nCOPY . .\nFROM base\nRUN npm run build\nENTRYPOINT ["npm"]\nCMD ["start"]\n',
      ['production | arkos start | staging | yes'],
    ],
    [
      'only the last stage counts',
      'FROM node:22 AS dev\nWORKDIR /app\nCOPY . .\nCMD ["npm", "run", "dev"]\nFROM dev AS prod\nRUN npx arkos build\nCMD ["npm", "start"]\n',
      ['production | arkos start | - | yes'],
    ],
    [
      'NODE_ENV from outside',
      'FROM node:22\nARG NODE_ENV\nENV NODE_ENV=$NODE_ENV\nWORKDIR /app\nCOPY . .\nRUN npm run build\nCMD npm start\n',
      ['production | arkos start | ? | yes'],
    ],
    [
      'a here-document, and a comment inside a continued line',
      'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN <<EOF\nnpm ci\nnpm run build\nEOF\nRUN echo a && \\\n  # note\n  echo b\nCMD ["npm","start"]\n',
      ['production | arkos start | - | yes'],
    ],
    [
      'something else altogether',
      'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "dist/main.js"]\n',
      ['production | other | - | unknown'],
    ],
  ])('%s', async (_name, text, commands) => {
    expect(told(await gather(docker(text)), 'dockerfile')).toEqual(commands);
  });

  test('at the root, for one app of many', async () => {
    const text =
      'FROM node:22\nWORKDIR /repo\nCOPY package.json ./\nCOPY apps/api ./apps/api\nRUN pnpm --filter @acme/api build\nWORKDIR /repo/apps/api\nCMD ["pnpm", "start"]\n';
    const files = {
      'package.json': '{}',
      'apps/api/package.json': API,
      'apps/web/package.json': WEB,
      Dockerfile: text,
    };
    expect(told(await gather(files, ['apps/api', 'apps/web']), 'dockerfile')).toEqual([
      'production | arkos start | - | yes',
    ]);
  });

  test('an entry script that hands on its arguments', async () => {
    const text =
      'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm run build\nCOPY docker-entrypoint.sh /usr/local/bin/\nENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]\nCMD ["npm", "start"]\n';
    const files = {
      ...docker(text),
      'apps/api/docker-entrypoint.sh': '#!/bin/sh\nnpx prisma migrate deploy\nexec "$@"\n',
    };
    expect(told(await gather(files), 'dockerfile')).toEqual(['production | arkos start | - | yes']);
  });

  test('Dockerfile.dev is for development', async () => {
    const files = {
      'apps/api/package.json': API,
      'apps/api/Dockerfile.dev': 'FROM node\nWORKDIR /a\nCOPY . .\nCMD npm run dev\n',
    };
    expect(told(await gather(files), 'dockerfile')).toEqual(['development | arkos dev | - | unknown']);
  });
});

describe('compose', () => {
  const image =
    'FROM node:22 AS dev\nWORKDIR /app\nCOPY . .\nCMD ["npm","run","dev"]\nFROM dev AS prod\nRUN npm run build\nCMD ["npm","start"]\n';

  test.each<[string, string, string, string[]]>([
    [
      'the image’s own command',
      'compose.prod.yml',
      'services:\n  api:\n    build: ./apps/api\n',
      ['production | arkos start | - | yes'],
    ],
    [
      'an earlier stage, with NODE_ENV',
      'docker-compose.yml',
      'services:\n  api:\n    build: { context: apps/api, target: dev }\n    environment:\n      - NODE_ENV=production\n',
      ['development | arkos dev | production | unknown'],
    ],
    [
      'a command of its own, for users',
      'docker-compose.yml',
      'services:\n  api:\n    build: apps/api\n    restart: always\n    command: npm run dev\n',
      ['production | arkos dev | - | yes'],
    ],
    [
      'an env file',
      'docker-compose.yml',
      'services:\n  api:\n    build: apps/api\n    env_file: [apps/api/.env.docker]\n',
      ['unknown | arkos start | development | yes'],
    ],
    [
      'no build: a volume says what is inside',
      'docker-compose.yml',
      'services:\n  api:\n    image: node:22\n    working_dir: /srv\n    volumes: ["./apps/api:/srv"]\n    command: ["npm", "run", "dev"]\n',
      ['unknown | arkos dev | - | unknown'],
    ],
    [
      'a variable of the caller’s',
      'docker-compose.yml',
      'services:\n  api:\n    build: apps/api\n    command: npm run ${SCRIPT}\n    environment: { NODE_ENV: "${MODE:-production}" }\n',
      ['production | unknown | production | yes'],
    ],
  ])('%s', async (_name, path, text, commands) => {
    const files = { ...docker(image), [path]: text, 'apps/api/.env.docker': 'NODE_ENV=development\n' };
    expect(told(await gather(files), 'compose')).toEqual(commands);
  });
});

describe('other files that start an app', () => {
  const app = { 'package.json': API };
  test.each<[string, string, Record<string, string>, string[]]>([
    [
      'Procfile',
      'procfile',
      { Procfile: 'release: npx prisma migrate deploy\nweb: npm start\n' },
      ['production | arkos start | - | yes'],
    ],
    [
      'Procfile.dev',
      'procfile',
      { 'Procfile.dev': 'web: npm run dev\n' },
      ['development | arkos dev | - | yes'],
    ],
    [
      'systemd',
      'systemd',
      {
        'deploy/api.service':
          '[Unit]\nDescription=x\n[Service]\nWorkingDirectory=/srv/api\nEnvironment="NODE_ENV=production" PORT=80\nExecStart=/usr/bin/npm run \\\n  dev\n',
      },
      ['production | arkos dev | production | unknown'],
    ],
    [
      'Kubernetes',
      'kubernetes',
      {
        'k8s/api.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: r/acme-api:1\n          command: ["npm"]\n          args: ["run", "dev"]\n          env: [{ name: NODE_ENV, value: development }]\n',
      },
      ['production | arkos dev | development | unknown'],
    ],
    [
      'Helm values',
      'helm',
      {
        'chart/Chart.yaml': 'name: api\n',
        'chart/values.yaml': 'api:\n  command: [npx, arkos, start]\n  env: { NODE_ENV: production }\n',
      },
      ['production | arkos start | production | yes'],
    ],
    [
      'fly.toml',
      'platform',
      { 'fly.toml': '[env]\nNODE_ENV = "production"\n[processes]\napp = "npx arkos dev"\n' },
      ['production | arkos dev | production | yes'],
    ],
    [
      'render.yaml',
      'platform',
      {
        'render.yaml':
          'services:\n  - type: web\n    name: api\n    buildCommand: npm ci\n    startCommand: npm start\n    envVars: [{ key: NODE_ENV, value: production }]\n',
      },
      ['production | arkos start | production | no'],
    ],
    [
      'railway.json',
      'platform',
      { 'railway.json': '{"deploy":{"startCommand":"npm run dev"}}' },
      ['production | arkos dev | - | yes'],
    ],
    [
      'railway.toml',
      'platform',
      { 'railway.toml': '[deploy]\nstartCommand = "npm start"\n' },
      ['production | arkos start | - | yes'],
    ],
    [
      'nixpacks.toml',
      'platform',
      { 'nixpacks.toml': '[phases.build]\ncmds = ["npm run build"]\n[start]\ncmd = "npm start"\n' },
      ['production | arkos start | - | yes'],
    ],
    [
      'app.yaml',
      'platform',
      { 'app.yaml': 'runtime: nodejs22\nenv_variables:\n  NODE_ENV: development\n' },
      ['production | arkos start | development | yes'],
    ],
    [
      'DigitalOcean',
      'platform',
      {
        '.do/app.yaml':
          'services:\n  - name: api\n    source_dir: /\n    build_command: npm run build\n    run_command: npm run arkos dev\n',
      },
      ['production | arkos dev | - | yes'],
    ],
    [
      'a deploying workflow',
      'ci',
      {
        '.github/workflows/deploy.yml':
          'on: push\nenv: { NODE_ENV: production }\njobs:\n  ship:\n    steps:\n      - run: npm run build\n      - run: ssh host "cd /srv && npm run dev"\n',
      },
      ['production | arkos build | production | unknown', 'production | arkos dev | production | yes'],
    ],
    [
      'a testing workflow',
      'ci',
      {
        '.github/workflows/ci.yml':
          'jobs:\n  e2e:\n    steps:\n      - run: npm run dev & npx wait-on x && npm test\n',
      },
      ['test | arkos dev | - | unknown'],
    ],
    [
      'GitLab',
      'ci',
      {
        '.gitlab-ci.yml':
          'variables: { NODE_ENV: staging }\nship:\n  environment: production\n  script:\n    - npm run build\n    - npm start\n',
      },
      ['production | arkos build | staging | unknown', 'production | arkos start | staging | yes'],
    ],
    [
      'PM2 in JSON',
      'pm2',
      {
        'ecosystem.config.json':
          '{"apps":[{"name":"api","script":"npm","args":"run dev","env_production":{"NODE_ENV":"production"}}]}',
      },
      ['production | arkos dev | production | unknown'],
    ],
  ])('%s', async (_name, source, files, commands) => {
    expect(told(await gather({ ...app, ...files }, ['.']), source)).toEqual(commands);
  });

  test('PM2 in code', async () => {
    const plain = {
      apps: [{ script: './.build/src/app.js', cwd: 'apps/api', env: { NODE_ENV: 'production' } }],
    };
    const files = { 'apps/api/package.json': API, 'ecosystem.config.cjs': 'module.exports = {}' };
    const facts = await gather(files, ['apps/api'], { 'ecosystem.config.cjs': plain });
    expect(told(facts, 'pm2')).toEqual(['production | node .build | production | yes']);
  });

  test('PM2 in code that looks around itself', async () => {
    const text = `const path = require('path'); module.exports = { apps: [
  { name: 'a', cwd: __dirname, script: 'npm', args: 'run dev', env: { NODE_ENV: process.env.MODE } },
  { name: 'b', cwd: path.join(__dirname, '..', 'api'), script: './.build/src/app.js' },
  { name: 'c', script: process.env.SCRIPT },
] };`;
    const snapshot = memorySnapshot({ 'apps/api/package.json': API, 'apps/api/ecosystem.config.cjs': text });
    const app = { root: 'apps/api', envFiles: ENV_FILES, liveModes: ['production'] };
    const facts = (await gatherStart(snapshot, [app], evaluatingUnder(createLoader(snapshot), {}))).forApp(
      'apps/api',
    );
    expect(told(facts, 'pm2')).toEqual([
      'production | arkos dev | ? | unknown',
      'production | node .build | - | yes',
    ]);
    expect(facts.problems).toHaveLength(1);
  });

  test('a start that nothing in the repository builds for', async () => {
    const manifest = JSON.stringify({ scripts: { start: 'arkos start' } });
    const pm2 = '{"apps":[{"script":"npm","args":"start"}]}';
    const facts = await gather({ 'package.json': manifest, 'pm2.json': pm2 }, ['.']);
    expect([...told(facts, 'package-script'), ...told(facts, 'pm2')]).toEqual([
      'production | arkos start | - | no',
      'production | arkos start | - | no',
    ]);
  });

  test('values of variables are not kept in texts', async () => {
    const value = ['s3', 'cr', 'et'].join('');
    const manifest = JSON.stringify({
      scripts: {
        start: `JWT_SECRET=${value} NODE_ENV=test cross-env API_KEY='${value}' arkos start --token ${value}`,
      },
    });
    const facts = await gather({ 'apps/api/package.json': manifest });
    expect(told(facts, 'package-script')).toEqual(['production | arkos start | test | no']);
    expect(JSON.stringify(facts)).not.toContain(value);
  });

  test('what cannot be read is a problem', async () => {
    const facts = await gather({ ...app, 'compose.yml': 'a: [', 'fly.toml': '= =' }, ['.']);
    expect(facts.problems.map(({ path }) => path)).toEqual(['compose.yml', 'fly.toml']);
  });
});

describe('env files in images (FACTS §9 traps 9, 22)', () => {
  const base = 'FROM node:22\nWORKDIR /app\n';
  test.each<[string, Record<string, string>, string[]]>([
    [
      'COPY . . without .dockerignore',
      docker(`${base}COPY . .\n`),
      ['apps/api/.env', 'apps/api/.env.production'],
    ],
    ['kept out', { ...docker(`${base}COPY . .\n`), 'apps/api/.dockerignore': '# env\n.env*\n' }, []],
    [
      'one let in again',
      { ...docker(`${base}COPY . .\n`), 'apps/api/.dockerignore': '.env*\n!.env.production\n' },
      ['apps/api/.env.production'],
    ],
    ['only sources', docker(`${base}COPY src ./src\nCOPY package*.json ./\n`), []],
    ['named', docker(`${base}COPY package.json .env ./\n`), ['apps/api/.env']],
    ['a glob', docker(`${base}COPY .env* ./\n`), ['apps/api/.env', 'apps/api/.env.production']],
    [
      'at the root: an anchored pattern says nothing of the app’s folder',
      { 'apps/api/package.json': API, Dockerfile: `${base}COPY apps ./apps\n`, '.dockerignore': '.env*\n' },
      ['apps/api/.env', 'apps/api/.env.production'],
    ],
    [
      'at the root, for every folder',
      { 'apps/api/package.json': API, Dockerfile: `${base}COPY . .\n`, '.dockerignore': '**/.env*\n' },
      [],
    ],
    ['removed again', docker(`${base}COPY . .\nRUN rm -f .env*\n`), []],
    [
      'left behind in the build stage',
      docker(`FROM node AS b\nWORKDIR /app\nCOPY . .\nFROM node\nCOPY --from=b /app/.build /app/.build\n`),
      [],
    ],
    [
      'carried over',
      docker(`FROM node AS b\nWORKDIR /app\nCOPY . .\nFROM node\nCOPY --from=b /app /app\n`),
      ['apps/api/.env', 'apps/api/.env.production'],
    ],
  ])('%s', async (_name, files, expected) => {
    const { imageCopies } = await gather(files);
    const reaching = imageCopies.filter((copy) => copy.reachesFinalStage).flatMap((copy) => copy.envFiles);
    expect(reaching).toEqual(expected);
  });
});

describe('env files and databases', () => {
  test('which env files git would ignore (FACTS §3.15)', async () => {
    const { envFiles } = await gather({
      '.gitignore': '.env\n.env.local\n',
      'apps/api/package.json': API,
      'apps/api/.env': '',
    });
    expect(
      envFiles.map(({ path, modes, ignore, isTracked }) => [path, modes.length, ignore.ignored, isTracked]),
    ).toEqual([
      ['apps/api/.env', 2, true, true],
      ['apps/api/.env.local', 1, true, false],
      ['apps/api/.env.development', 1, false, false],
      ['apps/api/.env.development.local', 1, false, false],
      ['apps/api/.env.production', 1, false, false],
    ]);
  });

  test('which .gitignore has the last word on them', async () => {
    const nearest = async (files: Parameters<typeof gather>[0]): Promise<string | undefined> =>
      (await gather({ 'apps/api/package.json': API, ...files })).ignoreFile;
    expect(await nearest({ '.gitignore': '', 'apps/.gitignore': '' })).toBe('apps/.gitignore');
    expect(await nearest({ '.gitignore': '', 'apps/api/.gitignore': '' })).toBe('apps/api/.gitignore');
    expect(await nearest({ 'apps/web/.gitignore': '', 'apps/api/src/.gitignore': '' })).toBe(
      'apps/api/.gitignore',
    );
    const link = { content: '../x', mode: '120000' } as const;
    expect(await nearest({ '.gitignore': '', 'apps/api/.gitignore': link })).toBe('.gitignore');
    expect(await nearest({ 'apps/api/.gitignore': link })).toBeUndefined();
  });

  test('datasources of the Prisma schema (FACTS §3.14)', async () => {
    const address = ['postgres://u:', 'pw', '@h/db'].join('');
    const { databaseUrls } = await gather({
      'apps/api/package.json': API,
      'apps/api/prisma/schema/a.prisma': `datasource db {\n  provider = "postgresql"\n  // url = "x"\n  url = env("DATABASE_URL")\n  directUrl = "${address}"\n}\n`,
    });
    expect(
      databaseUrls.map(({ from, variable, scheme, hasPassword, place }) => [
        from,
        variable,
        scheme,
        hasPassword,
        place.line,
      ]),
    ).toEqual([
      ['environment', 'DATABASE_URL', null, false, 4],
      ['literal', null, 'postgres', true, 5],
    ]);
    expect(JSON.stringify(databaseUrls)).not.toContain(address);
  });
});
