import { expect, test } from '@jest/globals';
import { absent, known, startOf } from '@bulwark/model';
import type { StartCommand, Value } from '@bulwark/model';
import { startedWith } from './started-with.ts';

const from = { kind: 'place', place: startOf('Dockerfile') } as const;

function way(more: Partial<StartCommand>): StartCommand {
  return {
    source: 'dockerfile',
    name: 'CMD',
    place: startOf('Dockerfile'),
    role: 'production',
    roleBecause: '',
    command: 'arkos start',
    text: 'arkos start',
    chain: [],
    nodeEnv: absent(from),
    variables: {},
    buildBefore: 'yes',
    because: '',
    ...more,
  };
}

const text = (value: string): Value => known(value, from);

test('a variable that one way sets counts, though another way leaves it alone', () => {
  const ways = [way({ nodeEnv: text('production') }), way({ source: 'package-script', role: 'unknown' })];
  expect(startedWith(ways, 'start')).toEqual({ NODE_ENV: text('production') });
});

test('ways of another mode or role do not', () => {
  const ways = [
    way({ command: 'arkos dev', nodeEnv: text('x') }),
    way({ role: 'test', nodeEnv: text('test') }),
    way({ role: 'development', nodeEnv: text('development') }),
  ];
  expect(startedWith(ways, 'start')).toEqual({});
  expect(startedWith([way({ command: 'arkos dev', role: 'unknown', nodeEnv: text('x') })], 'dev')).toEqual({
    NODE_ENV: text('x'),
  });
});

test('where two ways differ it is unknown, with both', () => {
  const ways = [
    way({ variables: { JWT_COOKIE_SECURE: text('true') } }),
    way({
      name: 'services.api',
      place: startOf('compose.yaml'),
      variables: { JWT_COOKIE_SECURE: text('false') },
    }),
  ];
  expect(startedWith(ways, 'start')['JWT_COOKIE_SECURE']).toMatchObject({
    kind: 'unknown',
    variables: ['JWT_COOKIE_SECURE'],
    outcomes: [
      { value: { value: 'true' } },
      { when: expect.stringContaining('compose.yaml'), value: { value: 'false' } },
    ],
  });
});
