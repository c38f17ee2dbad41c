/** Fixes planned for whole workspaces in memory, by the product's own rules. */
import { describe, expect, test } from '@jest/globals';
import { applyEdits, decodeExactly, memorySnapshot } from '@bulwark/model';
import type { MemoryFile } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import type { Scanner } from '@bulwark/secrets';
import { planFixes } from './plan-fixes.ts';
import type { FixPlan, FixRequest } from './plan-fixes.ts';

async function plan(
  files: Readonly<Record<string, MemoryFile>>,
  over: Partial<FixRequest> = {},
): Promise<FixPlan & { readonly texts: Record<string, string | null>; readonly lines: string[] }> {
  const snapshot = memorySnapshot({ '.gitignore': '.env*\n', ...files });
  const planned = await planFixes(
    {
      version: '0.0.0',
      rules,
      createScanner: () => ({}) as Scanner,
      now: () => new Date('2027-01-01T12:00:00Z'),
      openSubject: () =>
        Promise.resolve({ snapshot, folder: '.', changes: null, bases: [], close: () => Promise.resolve() }),
    },
    { cwd: '/', ...over },
  );
  const texts = planned.files.map(({ path, before, edits }) => [
    path,
    applyEdits(before && decodeExactly(before), edits),
  ]);
  const lines = planned.mended.map(({ finding: { app, rule }, fix }) => `${app} ${rule}: ${fix.title}`);
  return { ...planned, texts: Object.fromEntries(texts), lines };
}

/** The files of an app with this text as its configuration. */
const app = (root: string, options: string, version = '1.6.7'): Record<string, string> => ({
  [`${root}/package.json`]: JSON.stringify({
    name: root,
    scripts: { build: 'arkos build', start: 'arkos start' },
    dependencies: { arkos: version },
  }),
  [`${root}/tsconfig.json`]: '{"include":["src","arkos.config.ts"]}',
  [`${root}/src/app.ts`]: "import arkos from 'arkos';\nexport const app = arkos();\n",
  [`${root}/arkos.config.ts`]: `import { defineConfig } from 'arkos/config';\nexport default defineConfig(${options});\n`,
});
const configOf = (files: Record<string, string>, root: string): string => files[`${root}/arkos.config.ts`]!;

const OPEN =
  "{ routers: { strict: false }, authentication: { mode: 'static', jwt: { cookie: { secure: false } } } }";

describe('planning', () => {
  test('mends every app in one go, and says what', async () => {
    const files = { ...app('apps/a', OPEN), ...app('apps/b', '{ routers: { strict: false } }') };
    const { lines, texts, left } = await plan(files);
    expect(lines.toSorted()).toEqual([
      'apps/a jwt-cookie-secure: write authentication.jwt.cookie.secure: true',
      'apps/a router-strict: write routers.strict: "no-bulk"',
      'apps/b router-strict: write routers.strict: "no-bulk"',
    ]);
    const a = configOf(files, 'apps/a');
    expect(texts['apps/a/arkos.config.ts']).toBe(
      a.replace('strict: false', "strict: 'no-bulk'").replace('secure: false', 'secure: true'),
    );
    expect(left).toEqual([]);
  });

  test('narrowed to an app or a rule, it mends only that', async () => {
    const files = { ...app('apps/a', OPEN), ...app('apps/b', OPEN) };
    expect((await plan(files, { apps: ['apps/b'], rules: ['router-strict'] })).lines).toEqual([
      'apps/b router-strict: write routers.strict: "no-bulk"',
    ]);
    await expect(plan(files, { apps: ['apps/c'] })).rejects.toThrow('There is no Arkos app "apps/c"');
    await expect(plan(files, { rules: ['router-strct'] })).rejects.toThrow('did you mean router-strict');
  });

  test('what two rules ask for is written once', async () => {
    const files = app('apps/a', '{ middlewares: { rateLimit: { max: 50 } } }');
    const { lines, texts } = await plan(files);
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'apps/a global-rate-limit',
      'apps/a dead-setting',
    ]);
    expect(texts).toEqual({ 'apps/a/arkos.config.ts': configOf(files, 'apps/a').replace('max', 'limit') });
  });

  test('apps that share an ignore file each get their lines in it', async () => {
    const { texts } = await plan({
      ...app('apps/a', '{}'),
      ...app('apps/b', '{}', '1.3.10'),
      '.gitignore': '.env\n.env.local\n.env.development\n.env.development.local\n',
    });
    expect(texts['.gitignore']).toMatch(/^\.env\n.*\n.*\n.*\n\.env\.production\n/);
  });

  test('a finding that is waived is not mended', async () => {
    const settings = { waivers: [{ rule: 'router-strict', app: 'apps/a', reason: 'bulk import' }] };
    const { lines } = await plan({
      ...app('apps/a', '{ routers: { strict: false } }'),
      'bulwark.json': JSON.stringify(settings),
    });
    expect(lines).toEqual([]);
    const off = { rules: { 'router-strict': 'off' } };
    const files = { ...app('apps/a', '{ routers: { strict: false } }'), 'bulwark.json': JSON.stringify(off) };
    expect((await plan(files)).lines).toEqual([]);
  });

  test('a fix that would bring another finding is left alone', async () => {
    // Five attempts in a moment is no tighter than the default that is in force while the key is dead.
    const files = app(
      'apps/a',
      "{ authentication: { mode: 'static', requestRateLimitOptions: { windowMs: 1, limit: 5 } } }",
    );
    const { mended, left, texts } = await plan(files, { rules: ['dead-setting'] });
    expect(mended).toEqual([]);
    expect(texts).toEqual({});
    expect(left.map(({ why }) => why)).toEqual([
      expect.stringMatching(/^it would bring auth-rate-limit: .*allows 5 requests in 1 ms/),
    ]);
  });

  test('one shared file that two apps read is left alone', async () => {
    const shared = 'export default { routers: { strict: false } };\n';
    const config =
      "import { defineConfig } from 'arkos/config';\nimport shared from '../../shared.ts';\nexport default defineConfig(shared);\n";
    const { lines, left } = await plan({
      ...app('apps/a', '{}'),
      ...app('apps/b', '{}'),
      'apps/a/arkos.config.ts': config,
      'apps/b/arkos.config.ts': config,
      'shared.ts': shared,
    });
    expect({ lines, left }).toEqual({ lines: [], left: [] });
  });

  test('a configuration that is a link is left alone', async () => {
    const files = app('apps/a', '{ routers: { strict: false } }');
    const { lines } = await plan({
      ...files,
      'shared/arkos.config.ts': configOf(files, 'apps/a'),
      'apps/a/arkos.config.ts': { content: '../../shared/arkos.config.ts', mode: '120000' },
    });
    expect(lines).toEqual([]);
  });

  test('where the version is not certain, only what is right for each is written', async () => {
    const dead =
      "{ authentication: { mode: 'static', requestRateLimitOptions: { limit: 5 } }, routers: { strict: false } }";
    const { lines } = await plan(app('apps/a', dead, '>=1.6.0 <1.8.0'));
    expect(lines.toSorted()).toEqual([
      'apps/a dead-setting: rename authentication.requestRateLimitOptions to rateLimit',
      'apps/a router-strict: write routers.strict: "no-bulk"',
    ]);
    const cookie = "{ authentication: { mode: 'static', jwt: { cookie: { secure: false } } } }";
    expect((await plan(app('apps/a', cookie, '>=1.6.0 <1.8.0'))).lines).toHaveLength(1);
  });
});
