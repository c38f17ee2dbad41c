import { expect, test } from '@jest/globals';
import type { ModeFacts } from '@bulwark/model';
import { factsWith } from '../../test/made-facts.ts';
import { startProblems } from './start-problems.ts';

const facts = (root: string, path: string): ModeFacts => {
  const made = factsWith({ start: { problems: [{ path, message: 'm' }] } });
  return { ...made, app: { ...made.app, root } };
};

test.each([
  ['apps/api', 'apps/api/Procfile', true],
  ['apps/api', 'compose.yaml', true],
  ['apps/api', 'apps/compose.yaml', true],
  ['apps/api', '.github/workflows/deploy.yml', true],
  ['apps/api', 'apps/web/Procfile', false],
  ['apps/api', 'apps/api-docs/Procfile', false],
  ['.', 'deploy/k8s.yaml', true],
])('%s may be concerned by %s: %s', (root, path, expected) => {
  expect(startProblems(facts(root, path), 'start')).toHaveLength(expected ? 1 : 0);
  expect(startProblems(facts(root, path), 'database')).toEqual([]);
});

test('what is about the database is told apart', () => {
  const schema = facts('apps/api', 'apps/api/prisma/schema.prisma');
  expect(startProblems(schema, 'database')).toHaveLength(1);
  expect(startProblems(schema, 'start')).toEqual([]);
});
