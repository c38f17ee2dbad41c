import { describe, expect, test } from '@jest/globals';
import { createLoader } from '@bulwark/evaluator';
import { fromJson, known, memorySnapshot, outcomesOf } from '@bulwark/model';
import { evaluatingUnder } from '../evaluate-module.ts';
import { gatherRoutes } from './gather-routes.ts';
import type { Generation, Json, Route, RouteFacts, Value } from '@bulwark/model';

const here = {
  kind: 'place',
  place: { path: 'arkos.config.ts', line: 1, column: 1, endLine: 1, endColumn: 2 },
} as const;

const SCHEMA = `
model User {
  id          String  @id
  email       String
  isSuperUser Boolean @default(false)
  posts       Post[]
}
model BlogPost { id String @id }
model Post {
  id     String @id
  author User   @relation(fields: [authorId], references: [id])
}
// model Old { id String @id }
`;

const BASE = {
  'package.json': '{"devDependencies":{"typescript":"5"}}',
  'tsconfig.json': '{}',
  'src/app.ts': '',
  'src/utils/prisma/index.ts': 'export default {}',
  'prisma/schema/schema.prisma': SCHEMA,
};

interface Setup {
  readonly generation?: Generation;
  readonly command?: 'dev' | 'start';
  readonly config?: Json;
  readonly value?: Value;
  readonly unknownFields?: string;
  readonly falseValidator?: 'refuses' | 'passes';
  readonly variables?: Record<string, string | null>;
}

const STATIC = { authentication: { mode: 'static' } };

async function gather(files: Record<string, string>, setup: Setup = {}): Promise<RouteFacts> {
  const snapshot = memorySnapshot({ ...BASE, ...files });
  return gatherRoutes(
    snapshot,
    { root: '.' },
    {
      generation: setup.generation ?? '1.7',
      command: setup.command ?? 'start',
      config: setup.value ?? fromJson(setup.config ?? STATIC, here),
      unknownFields: known(setup.unknownFields ?? 'unvalidated', here),
      falseValidator: setup.falseValidator ?? 'passes',
      isUploadInverted: true,
      evaluating: evaluatingUnder(createLoader(snapshot), setup.variables ?? {}),
    },
  );
}

function find({ routes }: RouteFacts, module: string | null, endpoint: string): Route {
  return routes.find((it) => it.module === module && it.endpoint === endpoint)!;
}

function isMounted(route: Route): boolean | string {
  const answers = outcomesOf(route.mounted).map(({ value }) => (value.kind === 'known' ? value.value : '?'));
  return answers.length === 1 ? (answers[0] as boolean | string) : answers.join('|');
}

const hook = (body: string, module = 'user'): Record<string, string> => ({
  [`src/modules/${module}/${module}.router.ts`]: `import { ArkosPolicy, ArkosRouter } from 'arkos';\n${body}`,
});

describe('models (FACTS §4.2)', () => {
  test('every model in every file, comments included, migrations aside', async () => {
    const { models } = await gather({
      'prisma/migrations/1/x.prisma': 'model Gone { id String }',
      'prisma/more.prisma': 'model  Category{\n  id String\n}',
    });
    expect(models.map(({ name, module, plural, isComment }) => [name, module, plural, isComment])).toEqual([
      ['Category', 'category', 'categories', false],
      ['User', 'user', 'users', false],
      ['BlogPost', 'blog-post', 'blog-posts', false],
      ['Post', 'post', 'posts', false],
      ['Old', 'old', 'olds', true],
    ]);
    expect(models[1]!.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'id: String',
      'email: String',
      'isSuperUser: Boolean',
      'posts: Post',
    ]);
    expect(models[1]!.place).toMatchObject({ path: 'prisma/schema/schema.prisma', line: 2, column: 1 });
  });
});

describe('paths and gates (FACTS §4.1)', () => {
  test('generated routes have their paths', async () => {
    const facts = await gather(
      {},
      { config: { ...STATIC, globalPrefix: '/v1', fileUpload: { baseRoute: '/files' } } },
    );
    expect(facts.routes.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'POST /v1/auth/login',
        'PATCH /v1/users/me',
        'GET /v1/auth-actions/:resourceName',
        'POST /v1/blog-posts',
        'PATCH /v1/blog-posts/many',
        'DELETE /v1/blog-posts/:id',
        'GET /files/*',
        'DELETE /files/:fileType/:fileName',
        'GET /v1',
        'GET /v1/docs',
        'GET /v1/available-resources',
      ]),
    );
  });

  test.each<[string, Record<string, string>, Setup, string, string, boolean | string]>([
    ['no mode, no auth routes', {}, { config: {} }, 'auth', 'login', false],
    [
      'enabled: false',
      {},
      { config: { authentication: { mode: 'static', enabled: false } } },
      'auth',
      'login',
      false,
    ],
    ['with a mode', {}, {}, 'auth', 'login', true],
    ['strict', {}, { config: { ...STATIC, routers: { strict: true } } }, 'post', 'findMany', false],
    ['no-bulk', {}, { config: { ...STATIC, routers: { strict: 'no-bulk' } } }, 'post', 'createMany', false],
    [
      'strict is unread in 2.0-next (§4.6)',
      {},
      { generation: '2.0-next', config: { ...STATIC, routers: { strict: true }, prisma: { instance: 1 } } },
      'post',
      'createMany',
      true,
    ],
    [
      'fileUpload.enabled is inverted (§3.16)',
      {},
      { config: { fileUpload: { enabled: true } } },
      'file-upload',
      'uploadFile',
      false,
    ],
    [
      'a hook that switches off',
      hook('export const hook = { createOne: { disabled: true } }'),
      {},
      'user',
      'createOne',
      false,
    ],
    [
      'a hook before 1.6 is not read',
      hook('export const hook = { createOne: { disabled: true } }'),
      { generation: '1.5' },
      'user',
      'createOne',
      true,
    ],
    [
      'a config in 1.5',
      hook('export const config = { disable: { createOne: true } }'),
      { generation: '1.5' },
      'user',
      'createOne',
      false,
    ],
    [
      'a plural folder is never loaded (§4.4)',
      hook('export const hook = { disable: true }', 'users'),
      {},
      'user',
      'createOne',
      true,
    ],
    [
      'disable by the environment',
      hook('export const hook = { disable: process.env.OFF === "1" }'),
      {},
      'user',
      'createOne',
      'false|true',
    ],
    [
      'the environment pinned',
      hook('export const hook = { disable: process.env.OFF === "1" }'),
      { variables: { OFF: '1' } },
      'user',
      'createOne',
      false,
    ],
    [
      'routers.disable (1.3)',
      {},
      { generation: '1.3', config: { ...STATIC, routers: { disable: ['auth-router'] } } },
      'auth',
      'login',
      false,
    ],
  ])('%s', async (_name, files, setup, module, endpoint, mounted) => {
    expect(isMounted(find(await gather(files, setup), module, endpoint))).toBe(mounted);
  });

  test('without a Prisma instance there are no model and auth routes', async () => {
    const facts = await gatherWithout('src/utils/prisma/index.ts');
    expect([
      isMounted(find(facts, 'user', 'findMany')),
      isMounted(find(facts, 'auth', 'login')),
      isMounted(find(facts, 'file-upload', 'findFile')),
    ]).toEqual([false, false, true]);
  });

  async function gatherWithout(path: string): Promise<RouteFacts> {
    const files: Record<string, string> = { ...BASE };
    delete files[path];
    const snapshot = memorySnapshot(files);
    return gatherRoutes(
      snapshot,
      { root: '.' },
      {
        generation: '1.7',
        command: 'start',
        config: fromJson(STATIC, here),
        unknownFields: known('rejected', here),
        falseValidator: 'passes',
        isUploadInverted: true,
        evaluating: evaluatingUnder(createLoader(snapshot), {}),
      },
    );
  }
});

describe('who may call (FACTS §5.3)', () => {
  const auth = (body: string): Record<string, string> => ({
    'src/modules/post/post.auth.ts': `export default ${body}`,
  });
  test.each<[string, Record<string, string>, Setup, string, string, string]>([
    ['no mode: everything is public', {}, { config: {} }, 'post', 'createOne', 'public no-mode'],
    [
      'enabled: false opens everything (§9 trap 18)',
      {},
      { config: { authentication: { mode: 'static', enabled: false } } },
      'post',
      'createOne',
      'public authentication-disabled',
    ],
    ['static without a rule', {}, {}, 'post', 'createOne', 'super-user no-rule'],
    [
      'dynamic',
      {},
      { config: { authentication: { mode: 'dynamic' } } },
      'post',
      'createOne',
      'authorised rule',
    ],
    [
      'a rule in .auth',
      auth('{ accessControl: { Create: ["Admin"] } }'),
      { generation: '1.5' },
      'post',
      'createOne',
      'authorised rule',
    ],
    [
      'authenticationControl: false',
      auth('{ authenticationControl: false }'),
      { generation: '1.5' },
      'post',
      'createOne',
      'public control-false',
    ],
    [
      '… still authenticates in 1.3',
      auth('{ authenticationControl: false, accessControl: ["A"] }'),
      { generation: '1.3' },
      'post',
      'createOne',
      'authorised rule',
    ],
    [
      'one action public',
      auth('{ authenticationControl: { View: false } }'),
      {},
      'post',
      'findMany',
      'public control-false',
    ],
    [
      'another action not',
      auth('{ authenticationControl: { View: false } }'),
      {},
      'post',
      'deleteOne',
      'super-user no-rule',
    ],
    [
      '.auth is not loaded in 2.0-next',
      auth('{ authenticationControl: false }'),
      { generation: '2.0-next' },
      'post',
      'createOne',
      'authorised framework-default',
    ],
    [
      'authentication: false',
      hook('export const hook = { createOne: { authentication: false } }'),
      {},
      'user',
      'createOne',
      'public route-false',
    ],
    [
      'authentication: undefined erases (§9 trap 6)',
      hook('export const hook = { createOne: { authentication: undefined } }'),
      {},
      'user',
      'createOne',
      'public route-undefined',
    ],
    [
      'authentication: true',
      hook('export const hook = { createOne: { authentication: true } }'),
      {},
      'user',
      'createOne',
      'logged-in route-true',
    ],
    [
      'a rule object',
      hook(
        'export const hook = { createOne: { authentication: { resource: "user", action: "Create", rule: ["Admin"] } } }',
      ),
      {},
      'user',
      'createOne',
      'authorised route-rule',
    ],
    [
      'a policy',
      hook(
        'const p = ArkosPolicy("user").rule("Create", ["Admin"]); export const hook = { createOne: { authentication: p.Create } }',
      ),
      {},
      'user',
      'createOne',
      'authorised route-rule',
    ],
    [
      'a "*" policy denies in 1.7 (§5.2)',
      hook(
        'const p = ArkosPolicy("user").rule("Create", "*"); export const hook = { createOne: { authentication: p.Create } }',
      ),
      {},
      'user',
      'createOne',
      'super-user any-role',
    ],
    [
      '… is not on record in 1.6',
      hook(
        'const p = ArkosPolicy("user").rule("Create", "*"); export const hook = { createOne: { authentication: p.Create } }',
      ),
      { generation: '1.6' },
      'user',
      'createOne',
      'unknown any-role',
    ],
    ['uploads: any login (§9 trap 16)', {}, {}, 'file-upload', 'deleteFile', 'logged-in framework-default'],
    [
      'uploads in 2.0-next',
      {},
      { generation: '2.0-next' },
      'file-upload',
      'deleteFile',
      'authorised framework-default',
    ],
    ['signup', {}, {}, 'auth', 'signup', 'public login-or-signup'],
    ['updateMe', {}, {}, 'auth', 'updateMe', 'logged-in framework-default'],
    [
      'updateMe in 2.0-next (§9 trap 20)',
      {},
      { generation: '2.0-next' },
      'auth',
      'updateMe',
      'public framework-has-none',
    ],
    [
      'per-endpoint keys are not read in 1.3',
      hook('export const config = { createOne: { authentication: false } }'),
      { generation: '1.3' },
      'user',
      'createOne',
      'super-user no-rule',
    ],
    [
      'something that cannot be known',
      hook('import x from "x"; export const hook = { createOne: { authentication: x } }'),
      {},
      'user',
      'createOne',
      'unknown opaque',
    ],
  ])('%s', async (_name, files, setup, module, endpoint, expected) => {
    const route = find(await gather(files, setup), module, endpoint);
    expect(`${route.access} ${route.outcomes[0]!.reason}`).toBe(expected);
  });

  test('authentication.hooks may skip', async () => {
    const value = (source: string): Value =>
      known(
        {
          type: 'object',
          entries: {
            authentication: {
              value: known(
                {
                  type: 'object',
                  entries: {
                    mode: { value: known('static', here) },
                    hooks: {
                      value: known(
                        { type: 'function', name: 'h', parameters: 1, isAsync: false, source },
                        here,
                      ),
                    },
                  },
                },
                here,
              ),
            },
          },
        },
        here,
      );
    expect(find(await gather({}, { value: value('({ skip }) => skip()') }), 'post', 'createOne').access).toBe(
      'unknown',
    );
    expect(
      find(await gather({}, { value: value('({ req }) => { log(req.path) }') }), 'post', 'createOne').access,
    ).toBe('super-user');
  });

  test('an outcome each', async () => {
    const files = hook(
      'export const hook = { createOne: { authentication: process.env.OPEN ? false : true } }',
    );
    const route = find(await gather(files), 'user', 'createOne');
    expect(route.access).toBe('unknown');
    expect(route.outcomes.map(({ who, when }) => [who, when !== null])).toEqual([
      ['public', true],
      ['logged-in', true],
    ]);
  });
});

describe('route hooks of 2.0-next (FACTS §4.6)', () => {
  test('configure what app.load is given', async () => {
    const entry = `import arkos, { ArkosRouteHook } from 'arkos';
import list from './loadables';
const app = arkos();
app.load(ArkosRouteHook('post').createMany({ disabled: true }).createOne({ authentication: false }), ...list);`;
    const list = `import { ArkosRouteHook } from 'arkos'; export default [ArkosRouteHook('auth').signup({ disabled: true })];`;
    const facts = await gather(
      { 'src/app.ts': entry, 'src/loadables.ts': list },
      { generation: '2.0-next', config: { ...STATIC, prisma: { instance: 1 } } },
    );
    expect([
      isMounted(find(facts, 'post', 'createMany')),
      isMounted(find(facts, 'post', 'findMany')),
      isMounted(find(facts, 'auth', 'signup')),
      find(facts, 'post', 'createOne').access,
    ]).toEqual([false, true, false, 'public']);
  });

  test('without a mode the app exits', async () => {
    const facts = await gather({}, { generation: '2.0-next', config: { prisma: { instance: 1 } } });
    expect(facts.bootProblems.map(({ id }) => id)).toEqual(['no-mode']);
  });
});

describe('custom routers (FACTS §4.5)', () => {
  const told = ({ routes }: RouteFacts): string[] =>
    routes
      .filter(({ kind }) => kind === 'custom')
      .map(
        ({ method, path, access, mounted }) =>
          `${method} ${path} ${access}${mounted.kind === 'known' && mounted.value === true ? '' : ' off'}`,
      );

  test('a module’s own router is mounted beside the generated routes', async () => {
    const files = hook(`const router = ArkosRouter();
router.post({ path: '/many' }, (req, res) => res.send());
router.get({ path: '/mine', authentication: true }, (req, res) => res.send());
router.get({ path: '/off', disabled: true }, (req, res) => res.send());
export default router;`);
    expect(told(await gather(files))).toEqual([
      'POST /api/users/many public',
      'GET /api/users/mine logged-in',
      'GET /api/users/off public off',
    ]);
  });

  test('app.use, nested routers, prefixes, and the app’s own routes', async () => {
    const files = {
      'src/app.ts': `import arkos from 'arkos'; import router from './router'; const app = arkos();
app.use(router); app.get({ path: '/health' }, (req, res) => res.send('ok')); app.listen();`,
      'src/router.ts': `import { ArkosRouter } from 'arkos'; const inner = ArkosRouter({ prefix: '/inner' });
inner.delete({ path: '/x', authentication: true }, h); function h() {}
const router = ArkosRouter({ prefix: '/api' }); router.use(inner); router.put({ path: 'y' }, h); export default router;`,
    };
    expect(told(await gather(files)).toSorted()).toEqual([
      'DELETE /api/inner/x logged-in',
      'GET /health public',
      'PUT /api/y public',
    ]);
  });

  test('the scaffold’s own prefix is followed into the configuration', async () => {
    const files = {
      'arkos.config.ts': `import { defineConfig } from 'arkos/config'; export default defineConfig({ globalPrefix: '/v2' });`,
      'src/app.ts': `import arkos from 'arkos'; import router from './router'; arkos().use(router);`,
      'src/router.ts': `import { ArkosRouter } from 'arkos'; import config from '../arkos.config';
const router = ArkosRouter({ prefix: config.globalPrefix || '/api' }); router.get({ path: '/x' }, h); function h() {} export default router;`,
    };
    expect(told(await gather(files))).toEqual(['GET /v2/x public']);
  });

  test('express routers: public with one function, unknown with more', async () => {
    const files = {
      'src/app.ts': `import arkos from 'arkos'; import express from 'express'; import { guard } from 'guards'; const router = express.Router();
router.get('/open', (req, res) => res.send()); router.post('/closed', guard, (req, res) => res.send());
arkos.init({ use: [router] });`,
    };
    expect(told(await gather(files, { generation: '1.5' }))).toEqual([
      'GET /open public',
      'POST /closed unknown',
    ]);
  });

  test('what cannot be listed is told', async () => {
    const files = hook(`import { make } from 'elsewhere'; export default make();`);
    expect((await gather(files)).opaque).toMatchObject([{ module: 'user', path: '/api/users' }]);
  });
});

describe('built-in routes (FACTS §3.16, §9 traps 14, 17)', () => {
  test.each<[string, Setup, string, boolean | string, string]>([
    ['docs are on in a built 1.7 app', {}, 'docs', true, 'super-user'],
    [
      'not when switched off',
      { config: { ...STATIC, swagger: { enableAfterBuild: false } } },
      'docs',
      false,
      'super-user',
    ],
    [
      'open when not authenticated',
      { config: { ...STATIC, swagger: { authenticate: false } } },
      'docs',
      true,
      'public',
    ],
    ['off in a built 1.5 app', { generation: '1.5' }, 'docs', false, 'super-user'],
    ['open in development', { command: 'dev' }, 'docs', true, 'public'],
    ['resources are public without a mode', { config: {} }, 'availableResources', true, 'public'],
    ['welcome can be removed', { config: { routers: { welcomeRoute: false } } }, 'welcome', false, 'public'],
  ])('%s', async (_name, setup, endpoint, mounted, access) => {
    const route = find(await gather({}, setup), null, endpoint);
    expect([isMounted(route), route.access]).toEqual([mounted, access]);
  });

  test('the guard of the docs has a hole in 1.7', async () => {
    const { routes } = await gather({});
    expect(routes.find(({ path }) => path === '/api/docs/auth')?.access).toBe('public');
  });
});

describe('limits of single endpoints (FACTS §3.3)', () => {
  test('a hook’s own limit, and the one of 2.0-next nobody can configure', async () => {
    const files = hook('export const hook = { login: { rateLimit: { max: 5 } } }', 'auth');
    const { rateLimit } = find(await gather(files), 'auth', 'login');
    expect([rateLimit!.value.kind, rateLimit!.builtIn, rateLimit!.place.path]).toEqual([
      'known',
      null,
      'src/modules/auth/auth.router.ts',
    ]);
    const next = find(
      await gather({}, { generation: '2.0-next', config: { ...STATIC, prisma: { instance: 1 } } }),
      'auth',
      'login',
    );
    expect([next.rateLimit!.value.kind, next.rateLimit!.builtIn]).toEqual([
      'absent',
      { limit: 10, windowMs: 5000 },
    ]);
    const old = find(
      await gather(
        { 'src/modules/auth/auth.router.ts': 'export const config = { login: { rateLimit: { max: 5 } } }' },
        { generation: '1.3' },
      ),
      'auth',
      'login',
    );
    expect(old.rateLimit!.value.kind).toBe('absent');
  });
});

describe('keys nobody reads (FACTS §7) and boot problems', () => {
  test('misspelt endpoints, and hooks the version does not know', async () => {
    const facts = await gather({
      ...hook('export const hook = { udpateMe: {}, login: {} }', 'auth'),
      ...hook('export const hook = { disable: { createmany: true } }', 'post'),
    });
    expect(facts.deadKeys.map(({ module, key, nearest }) => [module, key, nearest])).toEqual([
      ['auth', 'udpateMe', 'updateMe'],
      ['post', 'disable.createmany', 'disable.createMany'],
    ]);
    const old = await gather(hook('export const hook = {}'), { generation: '1.5' });
    expect(old.deadKeys).toMatchObject([{ key: 'hook', nearest: 'config' }]);
    const old3 = await gather(hook('export const config = { createOne: { disabled: true } }'), {
      generation: '1.3',
    });
    expect(old3.deadKeys).toMatchObject([{ key: 'createOne', nearest: 'disable' }]);
  });

  test('hook and config together exit (§4.4); strict validation without validators too (§3.12)', async () => {
    const both = await gather(hook('export const hook = {}; export const config = {};'));
    expect(both.bootProblems.map(({ id }) => id)).toEqual(['hook-and-config']);
    const strict = await gather({}, { config: { ...STATIC, validation: { strict: true, resolver: 'zod' } } });
    expect(strict.bootProblems.map(({ id }) => id)).toEqual(['strict-validation']);
  });
});
