import { describe, expect, test } from '@jest/globals';
import type { SecretHit } from '@bulwark/model';
import rule from './committed-secret.ts';

const hit = (line: number): SecretHit => ({
  detector: 'test/token',
  title: 'Test token',
  mask: 'ab…',
  fingerprint: 'f'.repeat(64),
  place: { path: 'a.ts', line, column: 1, endLine: line, endColumn: 9 },
});

describe(rule.id, () => {
  test('passes: nothing was found', () => {
    expect(rule.check({ secrets: [] }, {})).toMatchObject({ verdict: 'pass' });
  });

  test('fails: one violation for each secret, at its place, with the comment that would allow it', () => {
    const judgements = [rule.check({ secrets: [hit(1), hit(7)] }, {})].flat();
    expect(judgements).toMatchObject([
      { verdict: 'violation', message: 'found', place: { line: 1 }, fingerprint: 'f'.repeat(64) },
      { verdict: 'violation', message: 'found', place: { line: 7 } },
    ]);
    const [first] = judgements;
    if (first?.verdict !== 'violation') throw new Error('expected a violation');
    expect(rule.messages['found']!(first.props)).toContain(
      'bulwark-allow committed-secret ffffffff: <reason>',
    );
  });

  test('looks at the secrets of a file and nothing else', () => {
    expect(rule.select({ path: 'a.ts', blob: null, secrets: [hit(2)], env: null }, {})).toEqual({
      secrets: [hit(2)],
    });
  });
});
