/** Applications with users, a model, uploads and an image, in order, as each version of Arkos has to be told. */
import { configuredApp } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';

/** Endpoints by module, each with the expression that says whether it is switched off. */
type Switches = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Change {
  /** The value of `authentication.mode`; `null` leaves it out. */
  readonly mode?: string | null;
  /** Whether the validators of users know `isSuperUser`. */
  readonly knowsSuperUser?: boolean;
  /** Over those of the app in order; a module that is `null` has no file. */
  readonly switches?: Readonly<Record<string, Switches[string] | null>>;
  /** What the upload endpoint's `authentication` is (from 1.4). */
  readonly uploadAuthentication?: string;
  /** `authentication` of updateMe in 2.0-next; left out if `null`. */
  readonly updateMeAuthentication?: string | null;
  readonly files?: Readonly<Record<string, string | null>>;
}

const IN_ORDER: Switches = {
  ship: { createMany: 'true', updateMany: 'true', deleteMany: 'true' },
  user: { createMany: 'true', updateMany: 'true', deleteMany: 'true' },
  'file-upload': { findFile: 'true', uploadFile: 'true', updateFile: 'true', deleteFile: 'true' },
};

const FILES: Readonly<Record<string, string>> = {
  'prisma/schema.prisma':
    'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel User {\n  id String @id\n  email String\n  isSuperUser Boolean @default(false)\n}\nmodel Ship {\n  id String @id\n  name String\n}\n',
  'src/utils/prisma/index.ts': 'export default {};\n',
  Dockerfile:
    'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx arkos build\nCMD ["npx", "arkos", "start"]\n',
  '.dockerignore': 'node_modules\n**/.env\n**/.env.*\n',
  '.gitignore': 'node_modules\n.env\n.env.*\n',
};

const dto = (fields: string): string =>
  `import { IsBoolean, IsEmail } from 'class-validator';\nexport default class Dto {\n  @IsEmail() email!: string;\n${fields}}\n`;
const SUPER_USER = '  @IsBoolean() isSuperUser!: boolean;\n';

/** The app of a release, with one thing changed. */
export function routedApp(release: string, change: Change = {}): AppCase {
  const { mode = "'static'", knowsSuperUser = false } = change;
  const options = `{
    ${mode === null ? '' : `authentication: { mode: ${mode} },`}
    validation: { resolver: '${release.startsWith('2.') ? 'zod' : 'class-validator'}', validationOptions: { whitelist: true, forbidNonWhitelisted: true } },
    ${release.startsWith('2.') ? 'prisma: { instance: {} },' : ''}
  }`;
  const validator = dto(knowsSuperUser ? SUPER_USER : '');
  const files: Record<string, string | null> = {
    ...FILES,
    ...(release.startsWith('2.') ? hookFiles(change) : routerFiles(release, change, validator)),
    ...change.files,
  };
  const there = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null);
  return configuredApp(release, options, { files: Object.fromEntries(there) });
}

function switchesOf({ switches = {} }: Change): Record<string, Switches[string] | null> {
  return { ...IN_ORDER, ...switches };
}

/** FACTS §4.4: `config` up to 1.5 (only `disable` up to 1.3), `hook` in 1.6 and 1.7. */
function routerFiles(release: string, change: Change, validator: string): Record<string, string> {
  const files: Record<string, string> = {
    'src/modules/auth/dtos/signup.dto.ts': validator,
    'src/modules/auth/dtos/update-me.dto.ts': validator,
  };
  const name = release >= '1.6' ? 'hook' : 'config';
  for (const [module, endpoints] of Object.entries(switchesOf(change))) {
    if (endpoints === null) continue;
    const keys = Object.entries(endpoints).map(([endpoint, off]) =>
      release < '1.4'
        ? `${endpoint}: ${off}`
        : `${endpoint}: { disabled: ${off}${accessOf(endpoint, change)} }`,
    );
    const body = release < '1.4' ? `{ disable: { ${keys.join(', ')} } }` : `{ ${keys.join(', ')} }`;
    files[`src/modules/${module}/${module}.router.ts`] = `export const ${name} = ${body};\n`;
  }
  return files;
}

function accessOf(endpoint: string, { uploadAuthentication }: Change): string {
  return endpoint === 'uploadFile' && uploadAuthentication !== undefined
    ? `, authentication: ${uploadAuthentication}`
    : '';
}

/** FACTS §4.6: route hooks, loaded by the app; the auth routes have no login of their own. */
function hookFiles(change: Change): Record<string, string> {
  const { updateMeAuthentication = 'true', knowsSuperUser = false } = change;
  const { auth, ...others } = switchesOf(change);
  const schema = `z.object({ email: z.string()${knowsSuperUser ? ', isSuperUser: z.boolean()' : ''} })`;
  const authRoute = (endpoint: string, guard: string | null): string => {
    const off = auth?.[endpoint];
    const parts = [
      ...(off === undefined ? [] : [`disabled: ${off}`]),
      ...(guard === null ? [] : [`authentication: ${guard}`]),
      `validation: { body: ${schema} }`,
    ];
    return `.${endpoint}({ ${parts.join(', ')} })`;
  };
  const hooks = Object.entries(others).flatMap(([module, endpoints]) =>
    endpoints === null ? [] : [`ArkosRouteHook('${module}')${switchedOff(endpoints, change)}`],
  );
  const authHook = `ArkosRouteHook('auth')${authRoute('signup', null)}${authRoute('updateMe', updateMeAuthentication)}${authRoute('updatePassword', 'true')}`;
  return {
    'src/app.ts': `import arkos, { ArkosRouteHook } from 'arkos';\nimport { z } from 'zod';\nconst app = arkos();\napp.load(${[authHook, ...hooks].join(', ')});\napp.listen();\n`,
  };
}

function switchedOff(endpoints: Readonly<Record<string, string>>, change: Change): string {
  return Object.entries(endpoints)
    .map(([endpoint, off]) => `.${endpoint}({ disabled: ${off}${accessOf(endpoint, change)} })`)
    .join('');
}
