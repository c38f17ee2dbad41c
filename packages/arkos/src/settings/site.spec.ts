/** Which keys may be changed where they stand: from source to facts. */
import { describe, expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import type { ModeFacts } from '@bulwark/model';
import { discoverApps } from '../discover.ts';
import { gatherFacts } from '../facts.ts';
import { defaultModes } from '../mode.ts';

async function production(
  config: string,
  files: Record<string, string> = {},
  version = '1.6.7',
): Promise<ModeFacts> {
  const snapshot = memorySnapshot({
    'package.json': JSON.stringify({ name: 'api', type: 'module', dependencies: { arkos: version } }),
    'tsconfig.json': '{"include":["src","arkos.config.ts"]}',
    'arkos.config.ts': `import { defineConfig } from 'arkos/config';\n${config}`,
    ...files,
  });
  const { apps } = await discoverApps(snapshot);
  const { facts } = await gatherFacts(snapshot, apps[0]!, { modes: defaultModes });
  return facts.find(({ mode }) => mode.command === 'start')!;
}

const cookie = (text: string): string =>
  `export default defineConfig({ authentication: { mode: 'static', jwt: { cookie: ${text} } } });\n`;

describe('a key that stands in its own section', () => {
  test.each([
    ['on one line', cookie('{ secure: false }')],
    ['on many', cookie('{\n    secure:\n      false,\n  }')],
    ['with quotes', cookie('{ "secure": false }')],
    [
      'in an object of its own name',
      `const config = ${cookie('{ secure: false }').slice(28, -3)};\nexport default defineConfig(config);\n`,
    ],
  ])('has a site: %s', async (_name, config) => {
    const { site, place } = (await production(config)).settings.jwt.secure;
    expect(site).toEqual(place);
  });

  test.each([
    ['a constant', `const flags = { secure: false };\n${cookie('flags')}`],
    ['a spread', `const flags = { secure: false };\n${cookie('{ ...flags }')}`],
    ['a call', `const flags = () => ({ secure: false });\n${cookie('flags()')}`],
    ['a choice', cookie("process.env.NODE_ENV === 'production' ? { secure: false } : { secure: true }")],
    [
      'the other side of it',
      cookie("process.env.NODE_ENV !== 'production' ? { secure: true } : { secure: false }"),
    ],
    [
      'a later change',
      `const config = { authentication: { mode: 'static', jwt: { cookie: { secure: true } } } };\nconfig.authentication.jwt.cookie = { secure: false };\nexport default defineConfig(config);\n`,
    ],
  ])('has none where it comes from %s', async (_name, config) => {
    const { written, site } = (await production(config)).settings.jwt.secure;
    expect(written).toMatchObject({ kind: 'known', value: false });
    expect(site).toBeUndefined();
  });

  test('has none in a file that others may share', async () => {
    const shared = cookie('{ secure: false }').replace('export default defineConfig(', 'export default (');
    const { settings } = await production(
      "import shared from './shared.ts';\nexport default defineConfig(shared);\n",
      { 'shared.ts': shared },
    );
    expect(settings.jwt.secure.written).toMatchObject({ kind: 'known', value: false });
    expect(settings.jwt.secure.site).toBeUndefined();
  });

  test('a max that does nothing has one too', async () => {
    const limit = (text: string): Promise<ModeFacts> =>
      production(
        `const own = { max: 5 };\nexport default defineConfig({ middlewares: { rateLimit: ${text} } });\n`,
      );
    const { ignoredMax, maxSite } = (await limit('{ max: 5 }')).settings.globalRateLimit;
    expect(maxSite).toEqual(ignoredMax);
    expect((await limit('own')).settings.globalRateLimit.maxSite).toBeUndefined();
  });
});

describe('a key that only has to be called otherwise', () => {
  const named = async (auth: string, before = ''): Promise<(string | undefined)[]> => {
    const config = `${before}export default defineConfig({ authentication: ${auth} });\n`;
    return (await production(config)).writtenKeys
      .filter(({ status }) => status !== 'read')
      .map(({ renamesTo }) => renamesTo);
  };

  test('is told its name', async () => {
    expect(await named("{ mode: 'static', requestRateLimitOptions: { limit: 5 } }")).toEqual(['rateLimit']);
  });

  test.each([
    ['that name is taken', '{ requestRateLimitOptions: { limit: 5 }, rateLimit: limiter() }'],
    [
      'something unknown may hold it',
      '{ ...process.env.X, requestRateLimitOptions: { limit: 5 }, ...more() }',
    ],
    ['it is spread in', '{ ...own }'],
    ['it is merely spelt alike', "{ mod: 'static' }"],
  ])('is told none where %s', async (_name, auth) => {
    const names = await named(
      auth,
      "import { limiter, more } from 'x';\nconst own = { requestRateLimitOptions: {} };\n",
    );
    expect(names).toEqual([undefined]);
  });
});
