import { testRule } from '@bulwark/testing';
import rule from './router-strict.ts';

const config = (strict: string): string =>
  `import { defineConfig } from 'arkos/config';\nexport default defineConfig({ routers: { strict: ${strict} } });\n`;

testRule(rule, {
  passes: [
    config('true'),
    config('"no-bulk"'),
    config("process.env.NODE_ENV === 'production' ? true : false"),
  ],
  notApplicable: [
    {
      config: config('false'),
      options: { bulkNeeded: true },
      name: 'the settings say bulk endpoints are needed',
    },
    {
      version: '2.0.0-next.16',
      config: config('false'),
      name: '2.0-next does not read the key (FACTS §3.11)',
    },
  ],
  fails: [
    {
      config: config('false'),
      messages: ['open'],
      says: /routers\.strict is false \(as written\)/,
      fixed: config("'no-bulk'"),
    },
    {
      config: config('"false"'),
      messages: ['misspelt'],
      name: 'what was meant by another value is not for us to say',
    },
    {
      config: "import { defineConfig } from 'arkos/config';\nexport default defineConfig({});\n",
      messages: ['open'],
      says: /the default of Arkos 1\.6\.7/,
    },
    { config: config('"true"'), messages: ['misspelt'], says: /takes for false/ },
    { config: config('undefined'), messages: ['open'] },
    { config: config('/* true */ false'), messages: ['open'] },
    { config: config("process.env.NODE_ENV === 'production' ? false : true"), messages: ['open'] },
    { config: config("process.env.BULK ? false : 'all'"), messages: ['open'], name: 'every outcome is bad' },
  ],
  undecided: [
    { config: config('process.env.ROUTER_STRICT'), because: /ROUTER_STRICT/ },
    { config: config("process.env.STRICT === 'yes'"), because: /STRICT/ },
  ],
});
