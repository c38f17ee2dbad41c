import { describe, expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import { behaviourOf } from '../generations/index.ts';
import { openManifests } from '../version/manifests.ts';
import { pickConfigFile } from './pick-file.ts';

async function pick(version: string, files: Readonly<Record<string, string>>): Promise<unknown> {
  const snapshot = memorySnapshot({ 'app/package.json': '{}', ...files });
  const sources = { snapshot, manifests: openManifests(snapshot) };
  const { path, problems } = await pickConfigFile(behaviourOf(version), sources, 'app', 'dev');
  return { path, problems: problems.map(({ id, effect }) => `${id} ${effect}`) };
}

describe('an app that nothing marks as TypeScript (FACTS §1.2)', () => {
  test.each(['1.5.17', '1.6.7', '1.7.0-rc', '2.0.0-next.16'])(
    '%s: its TypeScript configuration is a mistake, and counts as written',
    async (version) => {
      expect(await pick(version, { 'app/arkos.config.ts': '' })).toEqual({
        path: 'app/arkos.config.ts',
        problems: ['never-read nothing'],
      });
    },
  );

  test('beside a JavaScript entry it starts without it, on defaults', async () => {
    expect(await pick('1.7.0-rc', { 'app/arkos.config.ts': '', 'app/src/app.js': '' })).toEqual({
      path: null,
      problems: ['never-read defaults'],
    });
  });

  test('beside arkos.config.js that one is read', async () => {
    expect(await pick('1.7.0-rc', { 'app/arkos.config.ts': '', 'app/arkos.config.js': '' })).toMatchObject({
      path: 'app/arkos.config.js',
    });
  });

  test('typescript among its dependencies is enough from 1.6 on', async () => {
    const files = {
      'app/package.json': '{ "devDependencies": { "typescript": "5" } }',
      'app/arkos.config.ts': '',
    };
    expect(await pick('1.6.7', files)).toEqual({ path: 'app/arkos.config.ts', problems: [] });
  });
});
