import { describe, expect, test } from '@jest/globals';
import { createLoader } from '@bulwark/evaluator';
import { fromJson, known, memorySnapshot } from '@bulwark/model';
import { evaluatingUnder } from '../../evaluate-module.ts';
import { gatherRoutes } from '../gather-routes.ts';
import { effectOf } from './interceptors.ts';
import type { Generation, Json, UserWriter } from '@bulwark/model';

const here = { kind: 'place', place: { path: 'c', line: 1, column: 1, endLine: 1, endColumn: 2 } } as const;

const BASE = {
  'package.json': '{}',
  'tsconfig.json': '{}',
  'src/app.ts': '',
  'src/utils/prisma.ts': 'export default {}',
  'prisma/schema.prisma': `model User {\n  id String\n  isSuperUser Boolean\n}\nmodel Post {\n  id String\n  author User\n  tags Tag[]\n}\nmodel Tag {\n  id String\n}\nmodel Comment {\n  id String\n  post Post\n}\n`,
};

type Effect = 'rejected' | 'stripped' | 'passed' | 'unvalidated';

interface Setup {
  readonly resolver?: 'zod' | 'class-validator' | null;
  readonly unknownFields?: Effect;
  readonly generation?: Generation;
  readonly strict?: boolean;
  readonly falseValidator?: 'refuses' | 'passes';
}

async function writers(files: Record<string, string>, setup: Setup = {}): Promise<readonly UserWriter[]> {
  const snapshot = memorySnapshot({ ...BASE, ...files });
  const resolver = setup.resolver === undefined ? 'zod' : setup.resolver;
  const validation: Json = { ...(resolver && { resolver }), ...(setup.strict && { strict: true }) };
  const facts = await gatherRoutes(
    snapshot,
    { root: '.' },
    {
      generation: setup.generation ?? '1.7',
      command: 'start',
      config: fromJson({ authentication: { mode: 'static' }, validation }, here),
      unknownFields: known(setup.unknownFields ?? (resolver === 'zod' ? 'rejected' : 'passed'), here),
      falseValidator: setup.falseValidator ?? 'passes',
      isUploadInverted: true,
      evaluating: evaluatingUnder(createLoader(snapshot), {}),
    },
  );
  expect(facts.problems).toEqual([]);
  return facts.userWriters;
}

async function fate(files: Record<string, string>, setup: Setup = {}, endpoint = 'signup'): Promise<string> {
  const writer = (await writers(files, setup)).find(({ route }) => route.endpoint === endpoint)!;
  return writer.fate;
}

const zod = (schema: string, more = ''): Record<string, string> => ({
  'src/modules/auth/schemas/signup.schema.ts': `import { z } from 'zod';\n${more}\nexport default ${schema};`,
});
const dto = (body: string, more = ''): Record<string, string> => ({
  'src/modules/auth/dtos/signup.dto.ts': `import { IsString, IsBoolean, IsOptional } from 'class-validator';\n${more}\nexport default class SignupDto ${body}`,
});

test('every writer of users (FACTS §5.4)', async () => {
  const found = await writers({});
  expect(
    found.map(({ through, field, route }) => `${through} ${route.method} ${route.path} ${field}`),
  ).toEqual([
    'direct POST /api/auth/signup isSuperUser',
    'direct PATCH /api/users/me isSuperUser',
    'direct POST /api/users isSuperUser',
    'direct POST /api/users/many isSuperUser',
    'direct PATCH /api/users/many isSuperUser',
    'direct PATCH /api/users/:id isSuperUser',
    'nested POST /api/posts author.….isSuperUser',
    'nested PATCH /api/posts/:id author.….isSuperUser',
    'nested POST /api/comments post.….isSuperUser',
    'nested PATCH /api/comments/:id post.….isSuperUser',
  ]);
});

test('no writers without the field', async () => {
  expect(await writers({ 'prisma/schema.prisma': 'model User {\n  id String\n}\n' })).toEqual([]);
});

describe('zod (FACTS §3.10)', () => {
  test.each<[string, string, string, string]>([
    ['without the field', 'z.object({ email: z.string() })', 'rejected', 'stripped'],
    ['with the field', 'z.object({ isSuperUser: z.boolean().optional() })', 'accepted', 'accepted'],
    ['strict', 'z.object({}).strict()', 'rejected', 'rejected'],
    ['z.strictObject', 'z.strictObject({ a: z.string() })', 'rejected', 'rejected'],
    ['passthrough', 'z.object({}).passthrough()', 'rejected', 'accepted'],
    [
      'passthrough and refine: unchecked',
      'z.object({}).passthrough().refine((d) => d)',
      'accepted',
      'accepted',
    ],
    ['refine: stripped, not rejected', 'z.object({}).refine((d) => d)', 'stripped', 'stripped'],
    [
      'a refine that looks at it',
      'z.object({ isSuperUser: z.boolean() }).refine((d) => !d.isSuperUser)',
      'unknown',
      'unknown',
    ],
    [
      'a transform may drop it',
      'z.object({ isSuperUser: z.boolean() }).transform((d) => d)',
      'unknown',
      'unknown',
    ],
    ['z.never()', 'z.object({ isSuperUser: z.never() })', 'rejected', 'rejected'],
    ['z.literal(false)', 'z.object({ isSuperUser: z.literal(false) })', 'rejected', 'rejected'],
    [
      'omit',
      'z.object({ isSuperUser: z.boolean(), a: z.string() }).omit({ isSuperUser: true })',
      'rejected',
      'stripped',
    ],
    [
      'pick',
      'z.object({ isSuperUser: z.boolean(), a: z.string() }).pick({ a: true })',
      'rejected',
      'stripped',
    ],
    ['extend', 'z.object({}).extend({ isSuperUser: z.boolean() }).partial()', 'accepted', 'accepted'],
    [
      'merge takes the other’s manners',
      'z.object({}).strict().merge(z.object({ b: z.string() }))',
      'rejected',
      'stripped',
    ],
    [
      'a spread of another shape',
      'z.object({ ...z.object({ isSuperUser: z.boolean() }).shape })',
      'accepted',
      'accepted',
    ],
    [
      'union: unchecked',
      'z.union([z.object({}), z.object({ isSuperUser: z.boolean() })])',
      'accepted',
      'accepted',
    ],
    ['union without it', 'z.union([z.object({}), z.object({ a: z.string() })])', 'stripped', 'stripped'],
    ['record', 'z.record(z.any())', 'accepted', 'accepted'],
    ['any', 'z.any()', 'accepted', 'accepted'],
    ['a helper nobody can see', 'z.object({}).merge(other)', 'unknown', 'unknown'],
  ])('%s', async (_name, schema, rejecting, stripping) => {
    const files = zod(schema, "import { other } from 'other';");
    expect([await fate(files), await fate(files, { unknownFields: 'stripped', generation: '1.4' })]).toEqual([
      rejecting,
      stripping,
    ]);
  });

  test('a schema put together elsewhere', async () => {
    const files = {
      ...zod('userSchema.omit({ password: true })', "import { userSchema } from '../../user/shared';"),
      'src/modules/user/shared.ts':
        "import * as z from 'zod'; export const userSchema = z.object({ isSuperUser: z.boolean(), password: z.string() });",
    };
    expect(await fate(files)).toBe('accepted');
  });
});

describe('class-validator (FACTS §3.10)', () => {
  const cv = { resolver: 'class-validator' } as const;
  test.each<[string, Record<string, string>, string, string, string]>([
    ['without the field', dto('{ @IsString() email: string }'), 'accepted', 'stripped', 'rejected'],
    [
      'with the field',
      dto('{ @IsOptional() @IsBoolean() isSuperUser?: boolean }'),
      'accepted',
      'accepted',
      'accepted',
    ],
    [
      'a field without decorators counts as unknown',
      dto('{ isSuperUser: boolean }'),
      'accepted',
      'stripped',
      'rejected',
    ],
    [
      'inherited',
      dto('extends Base { @IsString() a: string }', 'class Base { @IsBoolean() isSuperUser: boolean }'),
      'accepted',
      'accepted',
      'accepted',
    ],
    [
      'OmitType of an imported class',
      {
        ...dto(
          "extends OmitType(UserDto, ['isSuperUser'] as const) {}",
          "import UserDto from '@/src/modules/user/dtos/create-user.dto';",
        ),
        'src/modules/user/dtos/create-user.dto.ts':
          'class U { @IsBoolean() isSuperUser: boolean } export { U as default };',
      },
      'accepted',
      'stripped',
      'rejected',
    ],
    [
      'PartialType of an imported class',
      {
        ...dto('extends PartialType(UserDto) {}', "import { U as UserDto } from '../../user/u.ts';"),
        'src/modules/user/u.ts': 'export class U { @IsBoolean() isSuperUser: boolean }',
      },
      'accepted',
      'accepted',
      'accepted',
    ],
    [
      'a parent nobody can see',
      dto('extends Outside { @IsString() a: string }', "import { Outside } from 'outside';"),
      'unknown',
      'unknown',
      'unknown',
    ],
  ])('%s', async (_name, files, passed, stripped, rejected) => {
    const answers = await Promise.all(
      (['passed', 'stripped', 'rejected'] as const).map((unknownFields) =>
        fate(files, { ...cv, unknownFields }),
      ),
    );
    expect(answers).toEqual([passed, stripped, rejected]);
  });
});

test('a class bound in a hook', async () => {
  const files = {
    'src/modules/auth/auth.router.ts':
      "import Dto, { Open } from './dto'; export const hook = { signup: { validation: { body: Dto } }, updateMe: { validation: { body: Open } } };",
    'src/modules/auth/dto.ts':
      "import { IsBoolean, IsString } from 'class-validator'; export default class Dto { @IsString() a: string } export class Open extends Dto { @IsBoolean() isSuperUser: boolean }",
  };
  const setup = { resolver: 'class-validator', unknownFields: 'rejected' } as const;
  expect([await fate(files, setup), await fate(files, setup, 'updateMe')]).toEqual(['rejected', 'accepted']);
});

describe('which validator counts (FACTS §5.1, §3.12)', () => {
  const hook = (body: string): Record<string, string> => ({
    'src/modules/auth/auth.router.ts': `import { z } from 'zod'; export const hook = { signup: ${body} };`,
  });
  const withField = zod('z.object({ isSuperUser: z.boolean() })');
  const without = 'z.object({ a: z.string() })';

  test.each<[string, Record<string, string>, Setup, string]>([
    ['no resolver: files are dead weight (§9 trap 23)', zod(without), { resolver: null }, 'accepted'],
    ['a file of the other resolver', zod(without), { resolver: 'class-validator' }, 'accepted'],
    ['nothing validates', {}, {}, 'accepted'],
    ['a hook', hook(`{ validation: { body: ${without} } }`), {}, 'rejected'],
    [
      'a file replaces the hook',
      { ...hook(`{ validation: { body: ${without} } }`), ...withField },
      {},
      'accepted',
    ],
    ['unless the hook says false', { ...hook('{ validation: false }'), ...zod(without) }, {}, 'accepted'],
    [
      'false refuses in old versions',
      hook('{ validation: { body: false } }'),
      { generation: '1.4', falseValidator: 'refuses' },
      'accepted',
    ],
    ['null refuses', hook('{ validation: { body: null } }'), {}, 'rejected'],
    [
      'strict refuses a body without a validator',
      hook('{ validation: undefined }'),
      { strict: true },
      'rejected',
    ],
    ['false passes even in strict', hook('{ validation: { body: false } }'), { strict: true }, 'accepted'],
    ['no files in 2.0-next', zod(without), { generation: '2.0-next' }, 'accepted'],
    ['a hook nobody can see', hook('{ validation: { body: makeSchema() } }'), {}, 'unknown'],
  ])('%s', async (_name, files, setup, expected) => {
    expect(await fate(files, setup)).toBe(expected);
  });

  test('false in a hook of 1.4 is read from `config`, and refuses', async () => {
    const files = {
      'src/modules/auth/auth.router.ts': 'export const config = { signup: { validation: { body: false } } };',
    };
    expect(await fate(files, { generation: '1.4', falseValidator: 'refuses' })).toBe('rejected');
    expect(await fate(files, { generation: '1.5', falseValidator: 'passes' })).toBe('accepted');
  });

  test('bulk writes have no validator files (§9 trap 24)', async () => {
    const files = {
      'src/modules/user/schemas/create-user.schema.ts': `import { z } from 'zod'; export default ${without};`,
    };
    expect([await fate(files, {}, 'createOne'), await fate(files, {}, 'createMany')]).toEqual([
      'rejected',
      'accepted',
    ]);
  });
});

describe('nested writes', () => {
  const post = (shape: string): Record<string, string> => ({
    'src/modules/post/schemas/create-post.schema.ts': `import { z } from 'zod'; export default z.object(${shape});`,
  });
  test.each<[string, string, string]>([
    ['the relation is unknown', '{ title: z.string() }', 'rejected'],
    ['an id only', '{ author: z.string() }', 'rejected'],
    ['an object without it', '{ author: z.object({ id: z.string() }) }', 'stripped'],
    ['an object with it', '{ author: z.object({ isSuperUser: z.boolean() }) }', 'accepted'],
    ['deeper', '{ author: z.object({ create: z.object({ isSuperUser: z.boolean() }) }) }', 'accepted'],
    ['anything', '{ author: z.any() }', 'accepted'],
  ])('%s', async (_name, shape, expected) => {
    const found = (await writers(post(shape))).find(
      ({ route }) => route.path === '/api/posts' && route.method === 'POST',
    )!;
    expect(found.fate).toBe(expected);
  });
});

describe('interceptors', () => {
  test.each<[string, string]>([
    ['async (req) => { delete req.body.isSuperUser; }', 'stripped'],
    ['(req, res, next) => { delete req.body["isSuperUser"]; next(); }', 'stripped'],
    ['async ({ body }) => { body.isSuperUser = false; }', 'stripped'],
    ['(req) => { if (req.body.isSuperUser) throw new AppError("no", 403); }', 'rejected'],
    ['(req) => { if ("isSuperUser" in req.body) { throw new Error(); } }', 'rejected'],
    ['(req) => { if (req.body?.isSuperUser !== undefined) throw new Error(); }', 'rejected'],
    ['(req, res, next) => { if (req.body.isSuperUser) return next(new Error("no")); next(); }', 'rejected'],
    ['(req, res) => { if (req.body.isSuperUser) return res.status(403).json({}); }', 'rejected'],
    ['(req) => { if (req.body.isSuperUser && !req.user?.isSuperUser) throw new Error(); }', 'rejected'],
    ['(req) => { const { isSuperUser } = req.body; if (isSuperUser) throw new Error(); }', 'rejected'],
    ['(req) => { const { isSuperUser, ...rest } = req.body; req.body = rest; }', 'stripped'],
    ['(req) => { req.body = { email: req.body.email }; }', 'stripped'],
    ['(req) => { req.body = { ...req.body, role: "user" }; }', 'none'],
    ['(req) => { req.body = clean(req.body); }', 'unclear'],
    ['(req) => { log(req.body.email); }', 'none'],
    [
      '(req) => { if (req.user.isSuperUser) return; if (req.body.isSuperUser) throw new Error(); }',
      'unclear',
    ],
    ['(req) => { if (req.query.x && req.body.isSuperUser) throw new Error(); }', 'unclear'],
    ['(req) => { if (req.body.isSuperUser) log("hm"); }', 'unclear'],
    ['(req) => { const isSuperUser = req.user.isSuperUser; if (isSuperUser) throw new Error(); }', 'unclear'],
    ['catchAsync(async (req) => { delete req.body.isSuperUser; })', 'stripped'],
    ['not a function', 'unclear'],
  ])('%s', (source, effect) => {
    expect(effectOf(source, 'isSuperUser')).toBe(effect);
  });

  test.each<[string, string, string]>([
    ['a guard', 'export const beforeSignup = [(req) => { delete req.body.isSuperUser; }];', 'stripped'],
    ['after the fact', 'export const afterSignup = [(req) => { delete req.body.isSuperUser; }];', 'accepted'],
    ['something imported', 'import { guard } from "guards"; export const beforeSignup = [guard];', 'unknown'],
    [
      'one of many',
      'export const beforeSignup = [(req) => { log(1); }, (req) => { if (req.body.isSuperUser) throw new Error(); }];',
      'rejected',
    ],
  ])('%s', async (_name, text, expected) => {
    const files = { 'src/modules/auth/auth.interceptors.ts': text };
    expect([await fate(files), await fate(files, { generation: '2.0-next' })]).toEqual([
      expected,
      'accepted',
    ]);
  });
});

describe('custom routes', () => {
  test('one that writes users is reported as unseen', async () => {
    const text = `import { ArkosRouter } from 'arkos'; const r = ArkosRouter();
r.post({ path: '/join' }, async (req) => { await prisma.user.create({ data: req.body }); });
r.post({ path: '/other' }, async (req) => { await send(req.body); });
export default r;`;
    const found = await writers({ 'src/modules/post/post.router.ts': text });
    expect(
      found.filter(({ through }) => through === 'custom').map(({ route, fate }) => `${route.path} ${fate}`),
    ).toEqual(['/api/posts/join unknown']);
  });
});
