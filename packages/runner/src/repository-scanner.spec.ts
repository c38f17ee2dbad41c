import { expect, test } from '@jest/globals';
import { defaultSettings } from '@bulwark/engine';
import { scannerKey } from './repository-scanner.ts';

test('what is remembered of a scan is told apart by all that the scan hangs on', () => {
  const secretlint = { path: '.secretlintrc.json', text: '{}' };
  const keys = [
    defaultSettings,
    { ...defaultSettings, maxFileSize: 1 },
    { ...defaultSettings, envFiles: ['*.secrets'] },
    { ...defaultSettings, envFiles: ['*.secrets', 'vault'] },
  ].map(scannerKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).not.toContain(null);
  expect(scannerKey({ ...defaultSettings, secretlint })).toBeNull();
});
