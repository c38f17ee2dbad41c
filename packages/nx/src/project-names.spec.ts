import { expect, test } from '@jest/globals';
import { tempFolder } from '../test/temp-folder.ts';
import { projectNames } from './project-names.ts';

const APP = 'apps/a/package.json';
const named = JSON.stringify({ name: '@harbour/a' });

test.each<[string, Record<string, string>, { name?: string }]>([
  ['npm makes it a project', { 'package.json': '{ "workspaces": ["apps/*"] }', [APP]: named }, {}],
  ['yarn does', { 'package.json': '{ "workspaces": { "packages": ["./apps/a/"] } }', [APP]: named }, {}],
  ['pnpm does', { 'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n", [APP]: named }, {}],
  ['a project.json does', { 'apps/a/project.json': '{}', [APP]: named }, {}],
  ['nobody does', { 'package.json': '{}', [APP]: named }, { name: '@harbour/a' }],
  [
    'it is taken out',
    { 'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n  - '!apps/a'\n", [APP]: named },
    { name: '@harbour/a' },
  ],
  ['nobody does, and it has no name', { [APP]: '{}' }, { name: 'apps-a' }],
  ['it has no manifest', { 'package.json': '{ "workspaces": ["apps/*"] }' }, { name: 'apps-a' }],
])('%s', (_, files, name) => {
  const { root, remove } = tempFolder(files);
  try {
    expect(projectNames(root, Object.keys(files))('apps/a')).toEqual(name);
  } finally {
    remove();
  }
});
