import { expect, test } from '@jest/globals';
import { placeApps } from './place-apps.ts';

const place = (apps: string[], files: string[]): unknown => placeApps(apps, files);

test('an app is judged by the project it lies in, or is one by itself', () => {
  expect(
    place(
      ['apps/a', 'apps/b/server', 'apps/c', 'tools/x/y'],
      ['package.json', 'apps/a/package.json', 'apps/b/project.json', 'apps/c/project.json'],
    ),
  ).toEqual([
    { folder: 'apps/a', within: [] },
    { folder: 'apps/b', within: [] },
    { folder: 'apps/c', within: [] },
    { folder: 'tools/x/y', within: [] },
  ]);
});

test('two apps of one project are judged together', () => {
  expect(place(['apps/a/one', 'apps/a/two'], ['apps/a/package.json'])).toEqual([
    { folder: 'apps/a', within: [] },
  ]);
});

test('the root is the workspace', () => {
  expect(place([''], ['package.json'])).toEqual([]);
});

test('projects inside are named, the outermost of each', () => {
  const files = [
    'apps/a/package.json',
    'apps/a/sdk/package.json',
    'apps/a/sdk/deep/project.json',
    'apps/ab/package.json',
  ];
  expect(place(['apps/a'], files)).toEqual([{ folder: 'apps/a', within: ['apps/a/sdk'] }]);
});
