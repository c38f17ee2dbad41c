import type { EnvFileAnswer } from '@bulwark/model';
import { testFacts } from '../../test/made-facts.ts';
import { testRule } from '@bulwark/testing';
import rule from './env-file-ignored.ts';

const by = { path: '.gitignore', line: 2, column: 1, endLine: 2, endColumn: 5 };
const file = (path: string, ignored: boolean, isTracked = false): EnvFileAnswer => ({
  path,
  modes: ['production'],
  ignore: ignored ? { ignored, by } : { ignored },
  isTracked,
});
const files = (...envFiles: EnvFileAnswer[]): { start: { envFiles: EnvFileAnswer[] } } => ({
  start: { envFiles },
});

testFacts(rule, {
  passes: [
    {
      name: 'every one is ignored (FACTS §1.6, §3.15)',
      facts: files(file('.env', true), file('.env.production', true)),
      says: /git ignores \.env and \.env\.production/,
    },
    {
      name: 'one is committed encrypted, and the settings say so',
      facts: files(file('.env', true), file('.env.production', false, true)),
      options: { committed: ['.env.production'] },
    },
  ],
  notApplicable: [{ name: 'reads none', facts: {} }],
  fails: [
    {
      name: 'the scaffold forgets .env.staging (FACTS §3.15)',
      facts: { version: '1.7.0-rc', ...files(file('.env', true), file('.env.staging', false)) },
      messages: ['open'],
      says: /git would not ignore \.env\.staging, which Arkos 1\.7\.0-rc reads if it is there; add \.env\.staging/,
    },
    {
      name: '.env.defaults is read up to 1.4.3 (FACTS §1.6)',
      facts: { generation: '1.3', ...files(file('.env.defaults', false)) },
      messages: ['open'],
      says: /\.env\.defaults/,
    },
    {
      name: 'nothing is ignored: one finding',
      facts: files(file('.env', false), file('.env.local', false), file('.env.production', false)),
      messages: ['open'],
      says: /\.env, \.env\.local and \.env\.production, which .* if they are there; add \.env, \.env\.\* and !\.env\.example/,
    },
    {
      name: 'ignored, and tracked all the same',
      facts: files(file('.env', true, true)),
      messages: ['tracked'],
      says: /git rm --cached/,
    },
    {
      name: 'both kinds',
      facts: files(file('.env', true, true), file('.env.local', false)),
      messages: ['tracked', 'open'],
    },
  ],
  undecided: [],
});

const CONFIG = "import { defineConfig } from 'arkos/config';\nexport default defineConfig({});\n";

const OTHERS = ['.env.local', '.env.development', '.env.development.local', '.env.production'];

testRule(rule, {
  passes: [
    {
      config: CONFIG,
      files: { '.gitignore': '.env\n.env.*\n!.env.example\n' },
      name: 'by patterns (FACTS §1.6)',
    },
  ],
  fails: [
    {
      config: CONFIG,
      files: { '.gitignore': 'dist\r\n.env' },
      messages: ['open'],
      fixed: { '.gitignore': `dist\r\n.env\r\n${OTHERS.map((name) => `${name}\r\n`).join('')}` },
      name: 'what is missing is added, in the line ends of the file (FACTS §1.6)',
    },
    {
      config: CONFIG,
      messages: ['open'],
      fixed: { '.gitignore': `.env\n${OTHERS.join('\n')}\n` },
      name: 'without an ignore file there will be one',
    },
    {
      config: CONFIG,
      files: { '.gitignore': '.env\n.env.*\n!.env.production\n' },
      messages: ['open'],
      fixed: { '.gitignore': '.env\n.env.*\n!.env.production\n.env.production\n' },
      name: 'behind the line that lets it in',
    },
    {
      config: CONFIG,
      files: { '.env.production': '' },
      messages: ['open'],
      name: 'no line helps where one is committed',
    },
    {
      config: CONFIG,
      files: { '.gitignore': { content: 'ignored', mode: '120000' } },
      messages: ['open'],
      name: 'git does not follow a link',
    },
  ],
  undecided: [],
});
