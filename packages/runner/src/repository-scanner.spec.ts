import { expect, test } from '@jest/globals';
import { defaultSettings } from '@bulwark/engine';
import { createRepositoryScanner, scannerKey } from './repository-scanner.ts';

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

const withConfig = (config: unknown) => ({
  ...defaultSettings,
  secretlint: {
    path: '.secretlintrc.json',
    text: typeof config === 'string' ? config : JSON.stringify(config),
  },
});

test('a configuration of what is built in is named by its text, and may be scanned by in a process that goes on', async () => {
  const preset = { id: '@secretlint/secretlint-rule-preset-recommend' };
  const settings = [
    withConfig({ rules: [preset] }),
    withConfig({ rules: [{ ...preset, options: { allows: ['/EXAMPLE/'] } }] }),
    withConfig({ rules: [preset, { id: '@acme/rule', disabled: true }] }),
  ];
  const keys = [scannerKey(defaultSettings), ...settings.map(scannerKey)];
  expect(keys).not.toContain(null);
  expect(new Set(keys).size).toBe(keys.length);
  expect(scannerKey({ ...settings[0]!, maxFileSize: 1 })).not.toBe(keys[1]);
  expect(scannerKey({ ...settings[0]!, envFiles: ['*.secrets'] })).not.toBe(keys[1]);
  const scanner = createRepositoryScanner(settings[0]!, '/', { mayLoadCode: false });
  expect(await scanner.scan({ path: 'a.ts', bytes: Buffer.from('const a = 1;') })).toMatchObject({
    hits: [],
  });
});

test('one that adds a rule, or cannot be read, has no name, and is loaded by each check for itself', () => {
  for (const config of [{ rules: [{ id: '@acme/rule' }] }, { rules: {} }, '{', 'null']) {
    expect(scannerKey(withConfig(config))).toBeNull();
    expect(() => createRepositoryScanner(withConfig(config), '/', { mayLoadCode: false })).toThrow('loaded');
  }
});
