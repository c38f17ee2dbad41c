import { testRule } from '@bulwark/testing';
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
