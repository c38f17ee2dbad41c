import { testRule } from '@bulwark/testing';
import { byVariable, made, no, open, testFacts, yes } from '../../test/made-facts.ts';
import rule from './router-strict-parity.ts';

const config = (strict: string): string =>
  `import { defineConfig } from 'arkos/config';\nexport default defineConfig({ routers: { strict: ${strict} } });\n`;

testRule(rule, {
  passes: [
    config('true'),
    config('false'),
    "import { defineConfig } from 'arkos/config';\nexport default defineConfig({});\n",
    config("process.env.NODE_ENV === 'production' ? undefined : false"),
    config("'no-bulk' /* process.env.NODE_ENV === 'production' ? true : 'no-bulk' */"),
    { config: config('process.env.STRICT === "yes"'), env: { STRICT: 'yes' }, name: 'a pinned variable' },
  ],
  notApplicable: [
    {
      version: '2.0.0-next.16',
      config: config('false'),
      name: '2.0-next does not read the key (FACTS §3.11)',
    },
  ],
  fails: [
    {
      config: config("process.env.NODE_ENV === 'production' ? true : 'no-bulk'"),
      messages: ['differs'],
      says: /"no-bulk" in development, true in production/,
    },
    { config: config("process.env.NODE_ENV !== 'development'"), messages: ['differs'] },
    { config: config("process.env.NODE_ENV === 'production' && 'no-bulk'"), messages: ['differs'] },
  ],
  undecided: [
    { config: config('process.env.ROUTER_STRICT'), because: /ROUTER_STRICT/ },
    { config: config("process.env.NODE_ENV === 'production' ? true : process.env.S === '1'"), because: /S/ },
  ],
});

const ruled = [open('authorised', 'rule')];
const inModes = (
  development: Parameters<typeof made>[3],
  production: Parameters<typeof made>[3],
  more = {},
): { mode: 'development' | 'production'; routes: object }[] => [
  {
    mode: 'development',
    routes: { routes: [made('ship.createOne', 'POST /api/ships', ruled, development)] },
    ...more,
  },
  {
    mode: 'production',
    routes: { routes: [made('ship.createOne', 'POST /api/ships', ruled, production)] },
    ...more,
  },
];

testFacts(rule, {
  passes: [
    { name: 'the same routes in every mode', facts: inModes({}, {}) },
    { name: 'mounted nowhere', facts: inModes({ mounted: no }, { mounted: no }) },
    {
      name: 'what Arkos itself serves by mode, such as the docs (FACTS §3.16)',
      facts: inModes({ kind: 'builtin' }, { kind: 'builtin', mounted: no }),
    },
  ],
  notApplicable: [
    {
      name: '2.0-next reads no key, and the routes agree (FACTS §4.6)',
      facts: inModes({}, {}, { generation: '2.0-next' }),
    },
  ],
  fails: [
    {
      name: 'a router file switches a route off by mode (FACTS §4.4)',
      facts: inModes({}, { mounted: no }),
      messages: ['routesDiffer'],
      says: /POST \/api\/ships only in development; mount the same ones/,
    },
    {
      name: 'another path in production',
      facts: inModes({}, { path: '/v1/ships' }),
      messages: ['routesDiffer'],
    },
    {
      name: '2.0-next, by a route hook (FACTS §4.6)',
      facts: inModes({ mounted: no }, {}, { generation: '2.0-next' }),
      messages: ['routesDiffer'],
      says: /only in production/,
    },
  ],
  undecided: [
    {
      name: 'a variable that each mode may set',
      facts: inModes({ mounted: byVariable('SHIPS', yes, no) }, {}),
      says: /SHIPS/,
    },
  ],
});
