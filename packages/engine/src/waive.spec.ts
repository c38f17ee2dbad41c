import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@bulwark/model';
import { defaultSettings } from './settings.ts';
import type { Waiver } from './settings.ts';
import { waive } from './waive.ts';

const finding: Finding = {
  rule: 'cors-origin',
  verdict: 'violation',
  severity: 'error',
  app: 'apps/api',
  modes: ['production'],
  message: 'm',
  path: 'apps/api/arkos.config.ts',
  line: 2,
  column: 1,
  endLine: 2,
  endColumn: 9,
  fingerprint: 'abcdef01'.padEnd(64, '0'),
  help: '',
  waived: null,
  fixable: false,
};
const secret: Finding = { ...finding, rule: 'committed-secret' };

async function waived(
  one: Finding,
  { waivers = [], text = '', today = '2027-03-31' }: { waivers?: Waiver[]; text?: string; today?: string },
): Promise<string | null> {
  const [marked] = await waive([one], { ...defaultSettings, waivers }, today, () => Promise.resolve(text));
  return marked!.waived?.reason ?? null;
}

describe('waivers', () => {
  const waiver: Waiver = {
    rule: 'cors-origin',
    app: 'apps/api',
    reason: 'public API',
    expires: '2027-03-31',
  };

  test.each<[string, Waiver, string | null]>([
    ['by app', waiver, 'public API'],
    ['of another app', { ...waiver, app: 'apps/web' }, null],
    ['of another rule', { ...waiver, rule: 'jwt-expiry' }, null],
    ['by path', { rule: 'cors-origin', path: 'apps/**', reason: 'r' }, 'r'],
    ['by fingerprint', { rule: 'cors-origin', fingerprint: 'abcdef01', reason: 'r' }, 'r'],
    ['by another fingerprint', { rule: 'cors-origin', fingerprint: 'abcdef02', reason: 'r' }, null],
  ])('%s', async (_name, one, reason) => {
    expect(await waived(finding, { waivers: [one] })).toBe(reason);
  });

  test('hold to the end of their last day and not a day longer', async () => {
    expect(await waived(finding, { waivers: [waiver], today: '2027-03-31' })).toBe('public API');
    expect(await waived(finding, { waivers: [waiver], today: '2027-04-01' })).toBeNull();
  });
});

describe('comments', () => {
  test.each<[string, Finding, string, string | null]>([
    ['on the line', finding, '\n x // bulwark-allow cors-origin: public API', 'public API'],
    ['on the line above', finding, '// bulwark-allow cors-origin: public API\n x', 'public API'],
    ['two lines above', { ...finding, line: 3 }, '// bulwark-allow cors-origin: public API\n\n x', null],
    ['on the line below', { ...finding, line: 1 }, 'x\n// bulwark-allow cors-origin: public API', null],
    ['without a reason', finding, '\n x // bulwark-allow cors-origin:', null],
    ['for another rule', finding, '\n x // bulwark-allow jwt-expiry: because', null],
    ['inside a block comment', finding, '\n x /* bulwark-allow cors-origin: public API */', 'public API'],
    ['a secret without its fingerprint', secret, '\n x // bulwark-allow committed-secret: sample', null],
    [
      'a secret by its fingerprint',
      secret,
      '\n x // bulwark-allow committed-secret abcdef01: sample',
      'sample',
    ],
    ['a secret by too few digits', secret, '\n x // bulwark-allow committed-secret abcdef0: sample', null],
    [
      'another secret on that line',
      { ...secret, fingerprint: 'f'.repeat(64) },
      '\n x // bulwark-allow committed-secret abcdef01: sample',
      null,
    ],
  ])('%s', async (_name, one, text, reason) => {
    expect(await waived(one, { text })).toBe(reason);
  });
});
