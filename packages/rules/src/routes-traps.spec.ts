/** FACTS §9, the traps about routes, users and starting: whole apps, read as any other. */
import { describe, expect, test } from '@jest/globals';
import { worstVerdict } from '@bulwark/model';
import type { MemoryFile, Rule, Verdict } from '@bulwark/model';
import { configuredApp, judgeConfig } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import routerStrictParity from './routers/router-strict-parity.ts';
import openBulk from './routes/open-bulk.ts';
import publicWrite from './routes/public-write.ts';
import superUserAssignable from './routes/super-user-assignable.ts';
import uploadAuthorization from './routes/upload-authorization.ts';
import envFileIgnored from './running/env-file-ignored.ts';
import envFileInImage from './running/env-file-in-image.ts';
import modeMismatch from './running/mode-mismatch.ts';
import productionStart from './running/production-start.ts';

const CLIENT = { 'src/utils/prisma/index.ts': 'export default {};\n' };
const USER = {
  'prisma/schema.prisma':
    'model User {\n  id String @id\n  email String\n  isSuperUser Boolean @default(false)\n}\n',
};
const SHIP = { 'prisma/schema.prisma': 'model Ship {\n  id String @id\n  name String\n}\n' };
const DOCKERFILE =
  'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx arkos build\nCMD ["npx", "arkos", "start"]\n';

const app = (version: string, options: string, files: Record<string, MemoryFile> = {}): AppCase =>
  configuredApp(version, options, { files: { ...CLIENT, ...files } });
const hook = (text: string): string => `export const hook = ${text};\n`;
const config = (text: string): string => `export const config = ${text};\n`;

const ON = "authentication: { mode: 'static' }";
const zodSignup = (fields: string): Record<string, string> => ({
  'src/modules/auth/schemas/signup.schema.ts': `import { z } from 'zod';\nexport default z.object({ ${fields} });\n`,
  'src/modules/auth/schemas/update-me.schema.ts': `import { z } from 'zod';\nexport default z.object({ email: z.string() });\n`,
});
const dtoSignup: Record<string, string> = {
  'src/modules/auth/dtos/signup.dto.ts':
    "import { IsEmail } from 'class-validator';\nexport default class SignupDto {\n  @IsEmail() email!: string;\n}\n",
  'src/modules/auth/dtos/update-me.dto.ts':
    "import { IsEmail } from 'class-validator';\nexport default class UpdateMeDto {\n  @IsEmail() email!: string;\n}\n",
};

type Row = readonly [name: string, rule: Rule, app: AppCase, verdict: Verdict, says?: RegExp];

const rows: readonly Row[] = [
  [
    '2: a DTO without the field lets it through',
    superUserAssignable,
    app('1.7.0', `{ ${ON}, validation: { resolver: 'class-validator' } }`, { ...USER, ...dtoSignup }),
    'violation',
    /signup answers anyone/,
  ],
  [
    '2: whitelist alone strips it',
    superUserAssignable,
    app(
      '1.7.0',
      `{ ${ON}, validation: { resolver: 'class-validator', validationOptions: { whitelist: true } } }`,
      { ...USER, ...dtoSignup },
    ),
    'pass',
  ],
  [
    '2: in 1.3 stripping is the default',
    superUserAssignable,
    app('1.3.10', `{ ${ON}, validation: { resolver: 'class-validator' } }`, { ...USER, ...dtoSignup }),
    'pass',
  ],
  [
    '2: zod rejects it by default since 1.5.1',
    superUserAssignable,
    app('1.6.7', `{ ${ON}, validation: { resolver: 'zod' } }`, {
      ...USER,
      ...zodSignup('email: z.string()'),
    }),
    'pass',
  ],
  [
    '2: a schema that knows the field',
    superUserAssignable,
    app('1.6.7', `{ ${ON}, validation: { resolver: 'zod' } }`, {
      ...USER,
      ...zodSignup('email: z.string(), isSuperUser: z.boolean()'),
    }),
    'violation',
    /POST \/api\/auth\/signup/,
  ],
  [
    '6: authentication: undefined erases the default',
    publicWrite,
    app('1.6.7', `{ ${ON} }`, {
      ...SHIP,
      'src/modules/ship/ship.router.ts': hook('{ createOne: { authentication: undefined } }'),
    }),
    'violation',
    /POST \/api\/ships answers anyone/,
  ],
  [
    '6: a literal false is a decision',
    publicWrite,
    app('1.6.7', `{ ${ON} }`, {
      ...SHIP,
      'src/modules/ship/ship.router.ts': hook('{ createOne: { authentication: false } }'),
    }),
    'pass',
  ],
  [
    '8: named exports only, so no mode and everything is public',
    publicWrite,
    { version: '1.7.0', config: `export const options = { ${ON} };\n`, files: { ...CLIENT, ...SHIP } },
    'violation',
    /authentication\.mode is not set/,
  ],
  [
    '9: env files in an image beat the environment',
    envFileInImage,
    app('1.7.0', `{ ${ON} }`, { Dockerfile: DOCKERFILE }),
    'violation',
    /beat the variables of the container/,
  ],
  [
    '9: not with a .dockerignore',
    envFileInImage,
    app('1.7.0', `{ ${ON} }`, { Dockerfile: DOCKERFILE, '.dockerignore': '.env\n.env.*\n' }),
    'pass',
  ],
  [
    '10: NODE_ENV in a tracked .env flips arkos start',
    modeMismatch,
    app('1.7.0', `{ ${ON} }`, { '.env': 'NODE_ENV=development\n' }),
    'violation',
    /\.env sets NODE_ENV to "development" for arkos start/,
  ],
  [
    '10: in 1.3.4 start forces production',
    modeMismatch,
    app('1.3.4', `{ ${ON} }`, {
      'docker-compose.yaml':
        'services:\n  api:\n    build: .\n    environment:\n      NODE_ENV: development\n',
      Dockerfile: DOCKERFILE,
    }),
    'pass',
  ],
  [
    '14: strict: true leaves no bulk endpoint',
    openBulk,
    app('1.7.0', `{ ${ON}, routers: { strict: true } }`, SHIP),
    'pass',
  ],
  [
    '15: disable: false reopens bulk under "no-bulk"',
    openBulk,
    app('1.7.0', `{ ${ON}, routers: { strict: 'no-bulk' } }`, {
      ...SHIP,
      'src/modules/ship/ship.router.ts': hook('{ disable: false }'),
    }),
    'violation',
    /createMany, updateMany and deleteMany of ship are mounted .* take out what mounts it \(src\/modules\/ship\/ship\.router\.ts:1\)/,
  ],
  [
    '15: in 1.5 by the export config',
    openBulk,
    app('1.5.17', `{ ${ON}, routers: { strict: 'no-bulk' } }`, {
      ...SHIP,
      'src/modules/ship/ship.router.ts': config('{ disable: false }'),
    }),
    'violation',
  ],
  [
    '15: in a folder Arkos never loads it does nothing',
    openBulk,
    app('1.7.0', `{ ${ON}, routers: { strict: 'no-bulk' } }`, {
      ...SHIP,
      'src/modules/ships/ships.router.ts': hook('{ disable: false }'),
    }),
    'pass',
  ],
  [
    '16: uploads ask for a login only',
    uploadAuthorization,
    app('1.6.7', `{ ${ON} }`),
    'violation',
    /answer anyone who is logged in/,
  ],
  [
    '16: enabled: true switches them off',
    uploadAuthorization,
    app('1.6.7', `{ ${ON}, fileUpload: { enabled: true } }`),
    'pass',
  ],
  [
    '16: enabled: false leaves them on',
    uploadAuthorization,
    app('1.6.7', `{ ${ON}, fileUpload: { enabled: false } }`),
    'violation',
  ],
  [
    '16: a policy on each',
    uploadAuthorization,
    app('1.6.7', `{ ${ON} }`, {
      'src/modules/file-upload/file-upload.router.ts': `import { ArkosPolicy } from 'arkos';\nconst policy = ArkosPolicy('file-upload').rule('Create', ['Clerk']);\nexport const hook = { uploadFile: { authentication: policy.Create }, updateFile: { authentication: policy.Create }, deleteFile: { disabled: true } };\n`,
    }),
    'pass',
  ],
  [
    '18: enabled: false opens every generated route',
    publicWrite,
    app('1.5.17', "{ authentication: { mode: 'static', enabled: false } }", SHIP),
    'violation',
    /authentication\.enabled is false/,
  ],
  [
    '20: 2.0-next gives updateMe no login',
    publicWrite,
    app('2.0.0-next.16', `{ ${ON}, prisma: { instance: {} } }`, USER),
    'violation',
    /PATCH \/api\/users\/me asks for no login/,
  ],
  [
    '20: and mounts bulk whatever routers.strict says',
    openBulk,
    app('2.0.0-next.16', `{ ${ON}, prisma: { instance: {} }, routers: { strict: true } }`, SHIP),
    'violation',
    /ArkosRouteHook\("ship"\)/,
  ],
  [
    '21: a commented-out model is served',
    publicWrite,
    app('1.7.0', '{}', { 'prisma/schema.prisma': '// model Ghost {\n//   id String @id\n// }\n' }),
    'violation',
    /POST \/api\/ghosts/,
  ],
  [
    '22: the docs’ own image builds and starts',
    productionStart,
    app('1.7.0', `{ ${ON} }`, { Dockerfile: DOCKERFILE }),
    'pass',
  ],
  [
    '23: without a resolver a schema is dead weight',
    superUserAssignable,
    app('1.6.7', `{ ${ON} }`, { ...USER, ...zodSignup('email: z.string()') }),
    'violation',
    /needs validation\.resolver to be set/,
  ],
  [
    '24: bulk on User is never validated',
    superUserAssignable,
    app('1.6.7', `{ ${ON}, validation: { resolver: 'zod' } }`, {
      ...USER,
      ...zodSignup('email: z.string()'),
      'src/modules/user/user.router.ts': hook('{ createMany: { authentication: true } }'),
    }),
    'violation',
    /createMany: \{ disabled: true \}/,
  ],
  [
    '§3.15: the scaffold’s ignore file forgets nothing that 1.7 reads',
    envFileIgnored,
    app('1.7.0', `{ ${ON} }`, {
      '.gitignore': '.env\n.env.local\n.env.*.local\n.env.development\n.env.test\n.env.production\n*.env\n',
    }),
    'pass',
  ],
  [
    '§1.6: but .env.defaults, which 1.3 reads',
    envFileIgnored,
    app('1.3.10', `{ ${ON} }`, {
      '.gitignore': '.env\n.env.local\n.env.*.local\n.env.development\n.env.test\n.env.production\n*.env\n',
    }),
    'violation',
    /\.env\.defaults/,
  ],
  [
    '§4.4: a router file that differs by mode',
    routerStrictParity,
    app('1.6.7', `{ ${ON}, routers: { strict: 'no-bulk' } }`, {
      ...SHIP,
      'src/modules/ship/ship.router.ts': hook(
        "{ createOne: { disabled: process.env.NODE_ENV === 'production' } }",
      ),
    }),
    'violation',
    /POST \/api\/ships only in development/,
  ],
];

describe('traps (FACTS §9)', () => {
  test.each(rows)('%s', async (_name, rule, one, verdict, says = /(?:)/) => {
    const judgements = await judgeConfig(rule, one);
    const texts = judgements.map((each) =>
      each.verdict === 'violation' ? rule.messages[each.message]!(each.props) : each.because,
    );
    expect({ worst: worstVerdict(judgements.map((each) => each.verdict)), texts }).toMatchObject({
      worst: verdict,
    });
    expect(texts.join('\n')).toMatch(says);
  });
});
