import { command, testFacts } from '../../test/made-facts.ts';
import rule from './production-start.ts';

const place = { path: 'compose.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };
const step = (text: string): { text: string; place: typeof place } => ({ text, place });
const script = {
  source: 'package-script',
  name: 'scripts.start',
  buildBefore: 'unknown',
  because: 'what runs before it is decided elsewhere',
} as const;

testFacts(rule, {
  passes: [
    {
      name: 'an image that builds, then starts (FACTS §2)',
      facts: { start: { commands: [command('arkos build'), command('arkos start')] } },
      says: /the image: CMD runs arkos start/,
    },
    {
      name: 'a script alone: what builds it is shown nowhere',
      facts: { start: { commands: [command('arkos start', script)] } },
    },
    {
      name: 'dev serves development',
      facts: {
        start: {
          commands: [
            command('arkos dev', { role: 'development', name: 'scripts.dev', source: 'package-script' }),
            command('arkos start'),
          ],
        },
      },
    },
    {
      name: 'tests may do as they like',
      facts: { start: { commands: [command('arkos dev', { role: 'test' }), command('arkos start')] } },
    },
    {
      name: 'something else beside it',
      facts: { start: { commands: [command('other', { text: 'nginx' }), command('arkos start')] } },
    },
    {
      name: 'unknown role, and right',
      facts: { start: { commands: [command('arkos start', { role: 'unknown' })] } },
    },
    {
      name: '1.0 has the same commands',
      facts: { generation: '1.0', start: { commands: [command('arkos start')] } },
    },
  ],
  notApplicable: [
    { name: 'nothing starts it', facts: {} },
    {
      name: 'only development',
      facts: { start: { commands: [command('arkos dev', { role: 'development' })] } },
    },
    { name: 'only something else', facts: { start: { commands: [command('other', { text: 'nginx' })] } } },
  ],
  fails: [
    {
      name: 'arkos dev in an image, through a script (FACTS §2)',
      facts: { start: { commands: [command('arkos dev', { chain: [step('npm run dev')] })] } },
      messages: ['dev'],
      says: /the image: CMD starts production with npm run dev → arkos dev; run arkos build/,
    },
    {
      name: 'the start script is dev',
      facts: {
        start: {
          commands: [command('arkos dev', { ...script, chain: [step('npm start'), step('arkos dev')] })],
        },
      },
      messages: ['dev'],
      says: /the package script scripts\.start starts production with npm start → arkos dev;/,
    },
    {
      name: 'start without build (FACTS §3.13)',
      facts: {
        start: {
          commands: [
            command('arkos start', { buildBefore: 'no', because: 'the Dockerfile does not run arkos build' }),
          ],
        },
      },
      messages: ['noBuild'],
      says: /without arkos build before it \(the Dockerfile does not/,
    },
    {
      name: 'the built entry without the CLI reads no configuration (FACTS §1.2)',
      facts: {
        generation: '1.4',
        start: { commands: [command('node .build', { text: 'node .build/src/app.js' })] },
      },
      messages: ['withoutCli'],
      says: /node \.build\/src\/app\.js without the arkos command/,
    },
    {
      name: 'the sources',
      facts: { start: { commands: [command('node source', { text: 'tsx src/app.ts' })] } },
      messages: ['source'],
    },
    {
      name: 'a compose file that builds the image doubts nothing more',
      facts: {
        start: {
          commands: [
            command('arkos dev', { chain: [step('npm run dev')] }),
            command('arkos dev', {
              role: 'unknown',
              source: 'compose',
              name: 'services.api',
              place,
              chain: [step('npm run dev')],
            }),
          ],
        },
      },
      messages: ['dev'],
      says: /^the image: CMD starts production[^\n]*$/,
    },
    {
      name: 'one bad among good ones; the same one twice is one finding',
      facts: {
        start: {
          commands: [
            command('arkos start'),
            command('arkos dev', { place, name: 'deploy' }),
            command('arkos dev', { place, name: 'deploy' }),
          ],
        },
      },
      messages: ['dev'],
    },
  ],
  undecided: [
    {
      name: 'a file that may start it cannot be read',
      facts: {
        start: {
          commands: [command('arkos start')],
          problems: [{ path: 'compose.yaml', message: 'is not valid YAML: oops' }],
        },
      },
      says: /compose\.yaml is not valid YAML: oops/,
    },
    {
      name: 'a command nobody can follow',
      facts: { start: { commands: [command('unknown', { text: '$START', because: 'START is not known' })] } },
      says: /START is not known/,
    },
    {
      name: 'whether it is built before is not shown',
      facts: {
        start: {
          commands: [
            command('arkos start', {
              source: 'procfile',
              name: 'web',
              buildBefore: 'unknown',
              because: 'the platform builds',
            }),
          ],
        },
      },
      says: /Procfile: web: the platform builds\nif nothing builds it first:/,
    },
    {
      name: 'arkos dev for nobody knows whom',
      facts: {
        start: {
          commands: [command('arkos dev', { role: 'unknown', roleBecause: 'nothing says whom it serves' })],
        },
      },
      says: /may serve production: nothing says/,
    },
  ],
});
