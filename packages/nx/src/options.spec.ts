import { expect, test } from '@jest/globals';
import { readOptions } from './options.ts';

test('what is left out has a default', () => {
  expect(readOptions(undefined)).toEqual({ targetName: 'bulwark', lintTargetName: 'lint' });
  expect(readOptions({ targetName: 'policy' })).toEqual({ targetName: 'policy', lintTargetName: 'lint' });
});

test.each([
  [{ target: 'x' }, 'nx.json: @bulwark/nx has no option "target"; there are: targetName, lintTargetName'],
  [{ targetName: '' }, 'nx.json: the option "targetName" of @bulwark/nx must be the name of a target'],
  [
    { lintTargetName: false },
    'nx.json: the option "lintTargetName" of @bulwark/nx must be the name of a target',
  ],
])('%j is refused', (said, message) => {
  expect(() => readOptions(said)).toThrow(message);
});
