import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import micromatch from 'micromatch';
import { createDraw } from './draw.ts';
import { DEFAULT_ENV_NAMES, createEnvNames } from './env-names.ts';
import { createScanner } from './index.ts';

const scanner = createScanner();
const draw = createDraw('env');
const secret = draw('alnum', 40);
const envOf = async (path: string, text: string) =>
  (await scanner.scan({ path, bytes: Buffer.from(text) })).env;
const holds = async (path: string, text: string) => (await envOf(path, text))?.holds ?? null;

describe('an env file by its name', () => {
  test.each([
    ['.env', 'PORT=3000\n', 'values'],
    ['apps/x/.env.local', `A=${secret}`, 'values'],
    ['apps/x/.ENV.Production', 'NODE_ENV=production', 'values'],
    ['config/prod.env', 'A=b', 'values'],
    ['.envrc', 'export A=b', 'values'],
    ['.dev.vars', 'A=b', 'values'],
    ['.env', 'A=\nB=""\n# c\n', 'values'],
    ['.env', '', 'values'],
    ['.env.example', '', 'template'],
    ['.env.dist', 'JWT_SECRET=<your secret>\nTOKEN=${TOKEN}\nKEY=changeme\n', 'template'],
    [
      '.env.example',
      'PORT=3000\nJWT_SECRET=\nDATABASE_URL=postgresql://user:password@localhost:5432/db\n',
      'template',
    ],
    ['.env.example', `JWT_SECRET=${secret}\n`, 'values'],
    ['.env.sample', `DATABASE_URL=postgres://app:${secret}@db.acme.io/x\n`, 'values'],
    ['.env.template', 'LOG_LEVEL=debug\nNODE_ENV=development\n', 'template'],
    ['.env.keys', '# only keys\n', 'values'],
    ['.env.keys', `DOTENV_PRIVATE_KEY=${draw('hex', 64)}`, 'values'],
    [
      '.env.production',
      `DOTENV_PUBLIC_KEY="${draw('hex', 66)}"\nA="encrypted:${draw('base64', 80)}"\n`,
      'encrypted',
    ],
    ['.env', `A=ENC[AES256_GCM,data:${draw('base64', 20)},type:str]\nsops_version=3.9.0\n`, 'encrypted'],
    ['.env.production', `A="encrypted:${draw('base64', 80)}"\nJWT_SECRET=${secret}\n`, 'values'],
    ['.env.vault', `DOTENV_VAULT_PRODUCTION="${draw('base64', 80)}"`, 'encrypted'],
    ['src/env.ts', 'export const env = 1', null],
    ['src/environment.ts', 'A=1', null],
    ['.env.d.ts', 'declare const A: string', null],
    ['env/readme.md', 'A=1', null],
  ])('%s with %j', async (path, text, expected) => {
    expect(await holds(path, text)).toBe(expected);
  });

  test('names the first variable that is really set, and its place', async () => {
    expect(await envOf('.env', `# c\nA=\nexport B='x y'\n`)).toMatchObject({
      by: 'name',
      variable: 'B',
      place: { line: 3, column: 8 },
    });
  });

  test('the default names are what micromatch makes of their patterns', () => {
    const matches = createEnvNames();
    const part = fc.constantFrom('.', 'env', 'ENV', '.env', 'vars', '.dev', 'rc', 'local', 'x', '-');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const name = parts.join('');
        expect(matches(`a/${name}`)).toBe(
          micromatch.isMatch(name, [...DEFAULT_ENV_NAMES], { nocase: true, dot: true }),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('names can be added, but no folders', async () => {
    const own = createScanner({ envFiles: ['settings.*', '**/*.secrets'] });
    expect((await own.scan({ path: 'a/settings.prod', bytes: Buffer.from('A=1') })).env?.holds).toBe(
      'values',
    );
    for (const path of ['.env', 'a/db.secrets', 'Settings.PROD'])
      expect((await own.scan({ path, bytes: Buffer.from('A=1') })).env?.by).toBe('name');
    expect((await own.scan({ path: 'a/.env.d.ts', bytes: Buffer.from('A=1') })).env).toBeNull();
    expect(() => createScanner({ envFiles: ['deploy/*.conf'] })).toThrow('names folders');
  });
});

describe('an env file under another name', () => {
  const text = `PORT=3000\nNODE_ENV=production\nJWT_SECRET=${secret}\n`;
  test.each(['secrets', 'env.backup', 'deploy/prod', 'notes.txt'])('%s', async (path) => {
    expect(await envOf(path, text)).toMatchObject({ by: 'content', holds: 'values' });
  });
  test.each(['Makefile', 'setup.sh', 'app.ini', 'gradle.properties', 'a.ts', 'ci.yml', 'Dockerfile'])(
    'not %s',
    async (path) => {
      expect(await envOf(path, text)).toBeNull();
    },
  );
  test.each([
    ['two lines only', `PORT=3000\nJWT_SECRET=${secret}\n`],
    ['prose between', `PORT=3000\nHOST=x\nand then\nJWT_SECRET=${secret}\n`],
    ['lower-case keys', `port=3000\nhost=x\njwt_secret=${secret}\n`],
    ['no secret', 'PORT=3000\nHOST=x\nNODE_ENV=production\n'],
  ])('not with %s', async (_name, content) => {
    expect(await envOf('deploy/prod', content)).toBeNull();
  });
});
