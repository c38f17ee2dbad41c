/** What a rule weighs, and which part of the settings says so: the two never disagree. */
import { describe, expect, test } from '@jest/globals';
import { rules } from '@bulwark/rules';
import { parseSettings } from './read-settings.ts';
import { ruleOrigin } from './rule-origin.ts';
import { ruleInForce } from './settings.ts';

const byId = Object.fromEntries(rules.map((rule) => [rule.id, rule]));

async function inForce(settings: object, id: string, root: string | null = null): Promise<[string, string]> {
  const parsed = await parseSettings(JSON.stringify(settings), rules);
  const rule = byId[id]!;
  return [ruleInForce(parsed, rule, root).level, ruleOrigin(parsed, rule, root)];
}

describe('presets', () => {
  test.each<[string, string, string, string]>([
    ['recommended', 'cors-origin', 'error', 'its own severity'],
    ['recommended', 'open-bulk', 'warn', 'its own severity'],
    ['strict', 'open-bulk', 'error', 'preset strict'],
    ['strict', 'strict-route-validation', 'error', 'preset strict'],
    ['strict', 'waiver-expired', 'warn', 'its own severity'],
    ['secrets-only', 'committed-secret', 'error', 'preset secrets-only'],
    ['secrets-only', 'env-file', 'error', 'preset secrets-only'],
    ['secrets-only', 'cors-origin', 'off', 'preset secrets-only'],
    ['secrets-only', 'policy-weakened', 'warn', 'its own severity'],
  ])('%s: %s is %s', async (preset, id, level, from) => {
    expect(await inForce({ preset }, id)).toEqual([level, from]);
  });

  test('what is said of a rule wins, and the last override for an app over that', async () => {
    const settings = {
      preset: 'secrets-only',
      rules: { 'cors-origin': 'warn' },
      overrides: [
        { apps: ['apps/*'], rules: { 'cors-origin': 'info' } },
        { apps: ['apps/a'], rules: { 'cors-origin': 'error', 'jwt-secret': 'error' } },
        { apps: ['apps/a'], rules: { 'open-bulk': 'warn' } },
      ],
    };
    expect(await inForce(settings, 'cors-origin')).toEqual(['warn', 'rules']);
    expect(await inForce(settings, 'cors-origin', 'apps/b')).toEqual(['info', 'overrides[0]']);
    expect(await inForce(settings, 'cors-origin', 'apps/a')).toEqual(['error', 'overrides[1]']);
    expect(await inForce(settings, 'jwt-secret', 'apps/b')).toEqual(['off', 'preset secrets-only']);
  });

  test('strict makes what is undecided an error, unless the settings say otherwise', async () => {
    const undecided = async (settings: object): Promise<string> =>
      (await parseSettings(JSON.stringify(settings), rules)).undecided;
    expect(await undecided({})).toBe('warn');
    expect(await undecided({ preset: 'strict' })).toBe('error');
    expect(await undecided({ preset: 'strict', undecided: 'info' })).toBe('info');
  });

  test('a preset there is not', async () => {
    await expect(inForce({ preset: 'strikt' }, 'cors-origin')).rejects.toThrow(
      /"strikt" is not allowed in preset; did you mean "strict"\?/,
    );
  });
});
