import { startOf } from '@bulwark/model';
import type { DatabaseUrl } from '@bulwark/model';
import { testFacts } from '../../test/made-facts.ts';
import rule from './database-url.ts';

const url = (from: DatabaseUrl['from'], more: Partial<DatabaseUrl> = {}): DatabaseUrl => ({
  kind: 'prisma-schema',
  place: startOf('prisma/schema.prisma'),
  from,
  variable: from === 'literal' ? null : 'DATABASE_URL',
  scheme: from === 'environment' ? null : 'postgresql',
  hasPassword: false,
  because: 'it is a function call',
  ...more,
});
const urls = (...databaseUrls: DatabaseUrl[]): { start: { databaseUrls: DatabaseUrl[] } } => ({
  start: { databaseUrls },
});

testFacts(rule, {
  passes: [
    {
      name: 'url = env("DATABASE_URL") (FACTS §3.14)',
      facts: urls(url('environment')),
      says: /Prisma datasource reads DATABASE_URL/,
    },
    { name: 'under another name', facts: urls(url('environment', { variable: 'PG' })), says: /PG/ },
    {
      name: 'in 2.0-next too',
      facts: { generation: '2.0-next', ...urls(url('environment', { kind: 'prisma-config' })) },
    },
  ],
  notApplicable: [{ name: 'no database', facts: {} }],
  fails: [
    {
      name: 'an address with a password in the schema (FACTS §3.14)',
      facts: urls(url('literal', { hasPassword: true })),
      messages: ['literal'],
      says: /the Prisma datasource names a postgresql address, password and all; write url = env\("DATABASE_URL"\)/,
    },
    {
      name: 'a file is an address too',
      facts: urls(url('literal', { scheme: 'file' })),
      messages: ['literal'],
      says: /a file address;/,
    },
    {
      name: 'in the client',
      facts: urls(url('environment'), url('literal', { kind: 'prisma-client' })),
      messages: ['literal'],
      says: /write process\.env\.DATABASE_URL/,
    },
    {
      name: 'a fallback',
      facts: urls(url('fallback', { kind: 'prisma-config', variable: 'PG' })),
      messages: ['fallback'],
      says: /falls back to a postgresql address where PG is not set/,
    },
    {
      name: 'no scheme to tell',
      facts: urls(url('literal', { scheme: null })),
      messages: ['literal'],
      says: /names an address;/,
    },
  ],
  undecided: [
    {
      name: 'a schema that cannot be read',
      facts: { start: { problems: [{ path: 'prisma/schema.prisma', message: 'could not be read: gone' }] } },
      says: /schema\.prisma could not be read: gone/,
    },

    {
      name: 'a function call',
      facts: urls(url('unknown', { kind: 'prisma-client' })),
      says: /function call/,
    },
  ],
});
