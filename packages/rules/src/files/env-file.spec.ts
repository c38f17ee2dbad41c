import { describe, expect, test } from '@jest/globals';
import { startOf } from '@bulwark/model';
import type { EnvFile } from '@bulwark/model';
import rule from './env-file.ts';

const env = (over: Partial<EnvFile>): EnvFile => ({
  by: 'name',
  holds: 'values',
  place: startOf('.env'),
  variable: 'PORT',
  ...over,
});
const check = (file: EnvFile | null, blob: string | null = 'b1'): unknown =>
  rule.check({ path: '.env', blob, env: file }, {});

describe(rule.id, () => {
  test('passes: a template, an encrypted file', () => {
    expect(check(env({ holds: 'template', variable: null }))).toMatchObject({ verdict: 'pass' });
    expect(check(env({ holds: 'encrypted' }))).toMatchObject({ verdict: 'pass' });
  });

  test('passes: a file that is no env file', () => {
    expect(check(null)).toMatchObject({ verdict: 'pass' });
  });

  test('fails: by name and by content, naming a variable but never its value', () => {
    const byName = check(env({})) as { props: { how: string } };
    expect(rule.messages['committed']!(byName.props)).toMatch(/^this is an env file and gives PORT a value;/);
    const byContent = check(env({ by: 'content', variable: null })) as { props: { how: string } };
    expect(rule.messages['committed']!(byContent.props)).toMatch(/^this file reads like an env file;/);
  });

  test('an edited env file is a new finding', () => {
    const fingerprintOf = (blob: string): string =>
      (check(env({}), blob) as { fingerprint: string }).fingerprint;
    expect(fingerprintOf('b1')).toBe(fingerprintOf('b1'));
    expect(fingerprintOf('b1')).not.toBe(fingerprintOf('b2'));
  });
});
