import { describe, expect, test } from '@jest/globals';
import { HIDDEN, memorySnapshot } from '@bulwark/model';
import { behaviourOf } from '../generations/index.ts';
import type { Command } from '../generations/behaviour.ts';
import { modeEnvironment } from './mode-environment.ts';
import type { Environment } from './mode-environment.ts';

async function environmentOf(
  version: string,
  command: Command,
  files: Record<string, string> = {},
  env: Record<string, string | null> = {},
): Promise<Environment> {
  const inApp = Object.fromEntries(Object.entries(files).map(([name, text]) => [`apps/api/${name}`, text]));
  return modeEnvironment(memorySnapshot(inApp), 'apps/api', behaviourOf(version), {
    name: 'm',
    command,
    env,
  });
}

async function filesOf(version: string, command: Command, nodeEnv?: string): Promise<string[]> {
  const { facts } = await environmentOf(
    version,
    command,
    {},
    nodeEnv === undefined ? {} : { NODE_ENV: nodeEnv },
  );
  return facts.files.map(({ path }) => path.slice('apps/api/'.length));
}

describe('which env files are read, in order (FACTS §1.6)', () => {
  test.each<[string, Command, string | undefined, string[]]>([
    ['1.0.18', 'start', undefined, ['.env.production']],
    ['1.0.18', 'start', 'other', ['.env']],
    [
      '1.3.10',
      'dev',
      undefined,
      ['.env.defaults', '.env.development', '.env.development.local', '.env.local', '.env'],
    ],
    ['1.4.3', 'start', undefined, ['.env.defaults', '.env.production', '.env']],
    ['1.4.4', 'dev', undefined, ['.env', '.env.local', '.env.development', '.env.development.local']],
    ['1.7.0', 'start', undefined, ['.env', '.env.production']],
    ['1.7.0', 'start', 'staging', ['.env', '.env.staging']],
    ['2.0.0-next.16', 'dev', undefined, ['.env', '.env.local', '.env.development', '.env.development.local']],
  ])('%s %s with NODE_ENV %s', async (version, command, nodeEnv, expected) => {
    expect(await filesOf(version, command, nodeEnv)).toEqual(expected);
  });
});

describe('NODE_ENV (FACTS §1.6, §2)', () => {
  test.each<[string, Command, string | null, string]>([
    ['1.7.0', 'dev', null, 'development'],
    ['1.7.0', 'start', null, 'production'],
    ['1.7.0', 'start', 'staging', 'staging'],
    ['1.3.10', 'start', 'test', 'production'],
    ['1.3.10', 'start', 'staging', 'staging'],
    ['1.3.4', 'start', 'staging', 'production'],
    ['1.7.0', 'start', 'test', 'test'],
  ])('%s %s found %s', async (version, command, found, expected) => {
    const { facts, variables } = await environmentOf(version, command, {}, { NODE_ENV: found });
    expect(facts.nodeEnv).toMatchObject({ kind: 'known', value: expected });
    expect(variables['NODE_ENV']).toBe(expected);
  });

  test('a line in .env flips it, after the files were chosen by the old value', async () => {
    const { facts, variables } = await environmentOf('1.7.0', 'start', {
      '.env': 'NODE_ENV=development\n',
      '.env.production': 'A=from-production\n',
      '.env.development': 'A=from-development\n',
    });
    expect(variables).toMatchObject({ NODE_ENV: 'development', A: 'from-production', ARKOS_BUILD: 'true' });
    expect(facts.nodeEnv).toMatchObject({ from: { kind: 'env', place: { path: 'apps/api/.env', line: 1 } } });
  });

  test('1.0 lets the environment win', async () => {
    const { variables } = await environmentOf(
      '1.0.18',
      'start',
      { '.env.production': 'NODE_ENV=x\nA=1\n' },
      { A: '2' },
    );
    expect(variables).toMatchObject({ NODE_ENV: 'production', A: '2' });
  });
});

describe('what the files say', () => {
  test('files win over the settings pins, later files over earlier ones', async () => {
    const { variables } = await environmentOf(
      '1.7.0',
      'start',
      { '.env': 'A=1\nB=1\n', '.env.production': 'B=2\n' },
      { A: '0', B: '0', C: '0' },
    );
    expect(variables).toMatchObject({ A: '1', B: '2', C: '0' });
  });

  test('before 1.4.4 .env comes last', async () => {
    const { variables } = await environmentOf('1.4.3', 'start', {
      '.env': 'B=1\n',
      '.env.production': 'B=2\n',
    });
    expect(variables['B']).toBe('1');
  });

  test('quotes, comments, export and expansion among the files', async () => {
    const { variables, facts } = await environmentOf('1.7.0', 'start', {
      '.env': 'export HOSTED="a b" # comment\nURL=http://${NAME}:${PORT_X:-80}/\nNAME=box\n',
    });
    expect(variables).toMatchObject({ HOSTED: 'a b', NAME: 'box' });
    expect(variables['URL']).toContain(':80/');
    expect(facts.variables['URL']).toMatchObject({ value: HIDDEN, from: { place: { line: 2 } } });
  });

  test('secrets are hidden, flags are told', async () => {
    const secret = ['s', '3', 'cret'].join('');
    const { facts } = await environmentOf('1.7.0', 'start', {
      '.env': `JWT_SECRET=${secret}\nJWT_EXPIRES_IN=2h\n`,
    });
    expect(JSON.stringify(facts)).not.toContain(secret);
    expect(facts.variables['JWT_EXPIRES_IN']).toMatchObject({ value: '2h' });
  });

  test('also where several ways to start the app set it differently', async () => {
    const secret = ['s', '3', 'cret'].join('');
    const from = { kind: 'env', variable: 'JWT_SECRET' } as const;
    const either = {
      kind: 'unknown',
      why: 'w',
      from,
      outcomes: [{ when: 'one', value: { kind: 'known', value: secret, from } }],
    } as const;
    const mode = { name: 'm', command: 'start', env: {} } as const;
    const { facts } = await modeEnvironment(memorySnapshot({}), '', behaviourOf('1.7.0'), mode, {
      JWT_SECRET: either,
    });
    expect(JSON.stringify(facts)).not.toContain(secret);
    expect(facts.variables['JWT_SECRET']).toMatchObject({ outcomes: [{ value: { value: HIDDEN } }] });
  });

  test('arkos dev does not set ARKOS_BUILD', async () => {
    expect((await environmentOf('1.7.0', 'dev')).variables['ARKOS_BUILD']).toBeNull();
  });
});
