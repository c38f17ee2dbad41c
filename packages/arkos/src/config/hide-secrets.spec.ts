import { expect, test } from '@jest/globals';
import { HIDDEN, toJson } from '@bulwark/model';
import type { Value } from '@bulwark/model';
import { Unseen, valueOf } from '../../test/value-of.ts';
import { hideSecret, hideSecrets } from './hide-secrets.ts';

const secret = ['s', 'e', 'c'].join('') + 'ret-text';
const place = { path: 'a.ts', line: 1, column: 1, endLine: 1, endColumn: 2 };
const from = { kind: 'place', place } as const;

test('the strings of secret keys, at any depth', () => {
  const hidden = hideSecrets(
    valueOf({
      email: { auth: { user: 'u', pass: secret } },
      cookieParser: { secret: [secret, secret] },
      clientSecret: secret,
      secretary: 'x',
    }),
  );
  expect(toJson(hidden)).toEqual({
    email: { auth: { user: 'u', pass: HIDDEN } },
    cookieParser: { secret: [HIDDEN, HIDDEN] },
    clientSecret: HIDDEN,
    secretary: 'x',
  });
});

test('the passwords of addresses, anywhere', () => {
  expect(
    toJson(
      hideSecrets(
        valueOf({ url: `postgres://user:${secret}@host:5432/db`, plain: 'https://x.example/a:b@c' }),
      ),
    ),
  ).toEqual({
    url: `postgres://user:${HIDDEN}@host:5432/db`,
    plain: 'https://x.example/a:b@c',
  });
});

test('outcomes, fallbacks, arguments of foreign calls and sources of functions', () => {
  const inner = valueOf(secret);
  const value: Value = {
    kind: 'unknown',
    why: 'w',
    from,
    outcomes: [{ when: 'A is set', value: inner }],
    fallback: { kind: 'known', value: secret, from },
    foreign: {
      module: 'm',
      name: 'n',
      steps: [{ get: 'x' }, { call: [inner], place }, { construct: [inner], place }],
    },
  };
  const withFunction = new Unseen(hideSecret(valueOf(new Function(`return "${secret}"`))));
  expect(JSON.stringify(hideSecrets(valueOf({ secret: new Unseen(value), f: withFunction })))).not.toContain(
    secret,
  );
  expect(JSON.stringify(hideSecrets(valueOf({ other: new Unseen(value) })))).toContain(secret);
});

test('an empty secret stays empty', () => {
  expect(hideSecret(valueOf(''))).toMatchObject({ value: '' });
});
