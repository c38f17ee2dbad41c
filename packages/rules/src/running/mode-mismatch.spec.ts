import { known, startOf } from '@bulwark/model';
import type { Value } from '@bulwark/model';
import { byVariable, command, testFacts } from '../../test/made-facts.ts';
import rule from './mode-mismatch.ts';

const at = (text: string, path = 'compose.yaml'): Value =>
  known(text, { kind: 'place', place: startOf(path) });
const inFile = (text: string, path = '.env'): Value =>
  known(text, { kind: 'env', variable: 'NODE_ENV', place: startOf(path) });
const started = (nodeEnv: Value, more = {}): { start: { commands: ReturnType<typeof command>[] } } => ({
  start: {
    commands: [command('arkos start', { source: 'compose', name: 'services.api', nodeEnv, ...more })],
  },
});

testFacts(rule, {
  passes: [
    {
      name: 'nothing sets it (FACTS §2)',
      facts: {},
      says: /arkos start sets NODE_ENV to "production" itself/,
    },
    { name: 'set to what the command says', facts: started(at('production')) },
    { name: 'a name of its own is a decision', facts: started(at('staging')) },
    {
      name: 'pinned in the settings: no place',
      facts: { environment: { nodeEnv: known('development', { kind: 'env', variable: 'NODE_ENV' }) } },
    },
    {
      name: '1.2 to 1.3.4 start forces production (FACTS §2)',
      facts: { generation: '1.3', environment: { nodeEnvReplaced: 'all' }, ...started(at('development')) },
    },
    {
      name: 'a command of the other mode',
      facts: { mode: 'development', ...started(at('production')) },
    },
    { name: 'tests may set it', facts: started(at('test'), { role: 'test' }) },
  ],
  fails: [
    {
      name: 'compose sets development under arkos start (FACTS §2)',
      facts: { generation: '1.7', ...started(at('development')) },
      messages: ['disagrees'],
      says: /services\.api sets NODE_ENV to "development" for arkos start, .* set it to "production"/,
    },
    {
      name: '.env sets development under arkos start (FACTS §1.6, trap 10)',
      facts: { environment: { nodeEnv: inFile('development') } },
      messages: ['disagrees'],
      says: /^\.env sets NODE_ENV/,
    },
    {
      name: 'production under arkos dev (FACTS §2)',
      facts: { mode: 'development', environment: { nodeEnv: inFile('production', '.env.local') } },
      messages: ['disagrees'],
      says: /for arkos dev/,
    },
    {
      name: 'said once by the command and once by the environment is one finding',
      facts: { environment: { nodeEnv: at('development') }, ...started(at('development')) },
      messages: ['disagrees'],
    },
    {
      name: 'only "test" is replaced (FACTS §2, 1.3.10)',
      facts: { generation: '1.3', environment: { nodeEnvReplaced: ['test'] }, ...started(at('development')) },
      messages: ['disagrees'],
    },
  ],
  undecided: [
    {
      name: 'a variable of the platform decides',
      facts: started({ ...byVariable('STAGE', at('development'), at('production')) }),
      says: /STAGE[\s\S]*if it is: services\.api sets/,
    },
    {
      name: 'nobody knows',
      facts: started({
        kind: 'unknown',
        why: 'compose reads it from $MODE',
        from: { kind: 'place', place: startOf('compose.yaml') },
      }),
      says: /\$MODE/,
    },
  ],
});
