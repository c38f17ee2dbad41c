import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import micromatch from 'micromatch';
import { tempFolder } from '../test/temp-folder.ts';
import type { TempFolder } from '../test/temp-folder.ts';
import { globsOutside } from './outside-apps.ts';

const made: TempFolder[] = [];
afterEach(() => {
  for (const { remove } of made.splice(0)) remove();
});

const name = fc.constantFrom('a', 'b', 'apps', '.github', 'x.y');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

test('every file outside the apps is matched, and none inside', () => {
  fc.assert(
    fc.property(fc.array(path, { maxLength: 6 }), fc.array(path, { maxLength: 3 }), (folders, apps) => {
      const files = [...folders, ...apps].map((folder) => `${folder}/file.ts`).concat('file.ts');
      const folder = tempFolder(Object.fromEntries(files.map((file) => [file, ''])));
      made.push(folder);
      const globs = globsOutside(folder.root, apps, '*');
      for (const file of files) {
        const isInside = apps.some((app) => file.startsWith(`${app}/`));
        expect([file, micromatch.isMatch(file, globs, { dot: true })]).toEqual([file, !isInside]);
      }
    }),
    { numRuns: 60 },
  );
});

test('where the root is an app, nothing is outside', () => {
  expect(globsOutside('/nowhere', [''], '*')).toEqual([]);
});
