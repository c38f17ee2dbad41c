/**
 * Every rule about routes and running × every release that stands for a generation × what it can say. Rows name
 * the section of FACTS they rest on; where a release cannot fail, or cannot pass, the row says which.
 */
import { describe, expect, test } from '@jest/globals';
import { worstVerdict } from '@bulwark/model';
import type { ModeFacts, Rule, Verdict } from '@bulwark/model';
import { factsOf, judgeFacts } from '@bulwark/testing';
import { RELEASES } from '../test/guide-apps.ts';
import { routedApp } from '../test/routed-apps.ts';
import type { Change } from '../test/routed-apps.ts';
import { rules } from './index.ts';

const IDS = [
  'super-user-assignable',
  'router-strict-parity',
  'production-start',
  'database-url',
  'env-file-ignored',
  'public-write',
  'mode-mismatch',
  'env-file-in-image',
  'upload-authorization',
  'open-bulk',
] as const;
type Id = (typeof IDS)[number];

const byId = Object.fromEntries(rules.map((rule) => [rule.id, rule])) as Record<Id, Rule>;

interface Row {
  readonly id: Id;
  readonly facts: string;
  readonly verdict: Verdict;
  readonly change: (release: string) => Change;
  /** Releases for which it comes out otherwise. */
  readonly otherwise?: Readonly<Record<string, Verdict>>;
}

const isNext = (release: string): boolean => release.startsWith('2.');
const dockerfile = (...lines: readonly string[]): Change => ({
  files: { Dockerfile: ['FROM node:22', 'WORKDIR /app', 'COPY . .', ...lines, ''].join('\n') },
});
const BUILD = 'RUN npm ci && npx arkos build';
const START = 'CMD ["npx", "arkos", "start"]';
const OFF = "process.env.OFF === '1'";
const IN_PRODUCTION = "process.env.NODE_ENV === 'production'";

const rows: readonly Row[] = [
  { id: 'super-user-assignable', facts: '§5.4', verdict: 'pass', change: () => ({}) },
  {
    id: 'super-user-assignable',
    facts: '§5.4',
    verdict: 'violation',
    change: () => ({ knowsSuperUser: true }),
  },
  {
    id: 'super-user-assignable',
    facts: '§5.4',
    verdict: 'undecided',
    change: () => ({
      knowsSuperUser: true,
      switches: { auth: { signup: OFF, updateMe: 'true' } },
    }),
  },
  {
    id: 'router-strict-parity',
    facts: '§4.3',
    verdict: 'pass',
    change: () => ({}),
    otherwise: { '1.2.9': 'not-applicable', '2.0.0-next.16': 'not-applicable' },
  },
  {
    id: 'router-strict-parity',
    facts: '§4.4',
    verdict: 'violation',
    change: () => ({ switches: { ship: { createOne: IN_PRODUCTION } } }),
  },
  {
    id: 'router-strict-parity',
    facts: '§4.4',
    verdict: 'undecided',
    change: () => ({ switches: { ship: { createOne: OFF } } }),
  },
  { id: 'production-start', facts: '§2', verdict: 'pass', change: () => ({}) },
  {
    id: 'production-start',
    facts: '§2',
    verdict: 'violation',
    change: () => dockerfile('CMD ["npx", "arkos", "dev"]'),
  },
  {
    id: 'production-start',
    facts: '§3.13',
    verdict: 'violation',
    change: () => ({
      files: { Dockerfile: ['FROM node:22', 'WORKDIR /app', 'COPY src src', START, ''].join('\n') },
    }),
  },
  {
    id: 'production-start',
    facts: '§2',
    verdict: 'undecided',
    change: () => dockerfile(BUILD, 'CMD $START'),
  },
  { id: 'database-url', facts: '§3.14', verdict: 'pass', change: () => ({}) },
  {
    id: 'database-url',
    facts: '§3.14',
    verdict: 'violation',
    change: () => ({
      files: {
        'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n  url = "file:./dev.db"\n}\n',
      },
    }),
  },
  {
    id: 'database-url',
    facts: '§3.14',
    verdict: 'undecided',
    change: () => ({
      files: {
        'src/utils/prisma/index.ts':
          "import { PrismaClient } from '@prisma/client';\nimport { address } from 'vault';\nexport default new PrismaClient({ datasourceUrl: address() });\n",
      },
    }),
  },
  { id: 'env-file-ignored', facts: '§1.6', verdict: 'pass', change: () => ({}) },
  {
    id: 'env-file-ignored',
    facts: '§1.6',
    verdict: 'violation',
    change: () => ({ files: { '.gitignore': '.env\n' } }),
  },
  { id: 'public-write', facts: '§5.3', verdict: 'pass', change: () => ({}) },
  {
    id: 'public-write',
    facts: '§5.3, §4.6',
    verdict: 'violation',
    change: (release) => (isNext(release) ? { updateMeAuthentication: null } : { mode: null }),
  },
  {
    id: 'public-write',
    facts: '§5.3',
    verdict: 'undecided',
    change: () => ({ mode: 'process.env.AUTH_MODE' }),
  },
  { id: 'mode-mismatch', facts: '§2', verdict: 'pass', change: () => ({}) },
  {
    id: 'mode-mismatch',
    facts: '§2',
    verdict: 'violation',
    change: () => dockerfile(BUILD, 'ENV NODE_ENV=development', START),
    otherwise: { '1.2.9': 'pass', '1.3.4': 'pass' },
  },
  { id: 'env-file-in-image', facts: '§9 trap 9', verdict: 'pass', change: () => ({}) },
  {
    id: 'env-file-in-image',
    facts: '§9 trap 9',
    verdict: 'violation',
    change: () => ({ files: { '.dockerignore': null } }),
  },
  {
    id: 'env-file-in-image',
    facts: '§9 trap 9',
    verdict: 'not-applicable',
    change: () => ({ files: { Dockerfile: null } }),
  },
  { id: 'upload-authorization', facts: '§5.3', verdict: 'pass', change: () => ({}) },
  {
    id: 'upload-authorization',
    facts: '§5.3',
    verdict: 'violation',
    change: (release) => ({
      switches: { 'file-upload': { uploadFile: 'false', updateFile: 'true', deleteFile: 'true' } },
      ...(isNext(release) ? { uploadAuthentication: 'true' } : {}),
    }),
  },
  {
    id: 'upload-authorization',
    facts: '§4.4',
    verdict: 'undecided',
    change: (release) => ({
      switches: { 'file-upload': { uploadFile: OFF, updateFile: 'true', deleteFile: 'true' } },
      ...(isNext(release) ? { uploadAuthentication: 'true' } : {}),
    }),
  },
  { id: 'open-bulk', facts: '§4.3, §4.4', verdict: 'pass', change: () => ({}) },
  {
    id: 'open-bulk',
    facts: '§4.3, §4.6',
    verdict: 'violation',
    change: () => ({ switches: { ship: null } }),
  },
  {
    id: 'open-bulk',
    facts: '§4.4',
    verdict: 'undecided',
    change: () => ({ switches: { ship: { createMany: OFF, updateMany: 'true', deleteMany: 'true' } } }),
  },
];

const gathered = new Map<string, Promise<readonly ModeFacts[]>>();

/** Facts of an app, once for all rows that ask for the same one. */
function factsOfChange(release: string, change: Change): Promise<readonly ModeFacts[]> {
  const key = `${release} ${JSON.stringify(change)}`;
  const facts = gathered.get(key) ?? factsOf(routedApp(release, change));
  gathered.set(key, facts);
  return facts;
}

describe.each(RELEASES)('Arkos %s', (release) => {
  test.each(rows.map((row) => [`${row.id} ${row.verdict} (FACTS ${row.facts})`, row] as const))(
    '%s',
    async (_name, { id, verdict, change, otherwise }) => {
      const judgements = judgeFacts(byId[id], await factsOfChange(release, change(release)));
      expect({ worst: worstVerdict(judgements.map((one) => one.verdict)), judgements }).toMatchObject({
        worst: otherwise?.[release] ?? verdict,
      });
    },
  );
});

test('every rule passes and fails somewhere, and is undecided where anything can be', () => {
  const said = (id: Id): Set<Verdict> =>
    new Set(rows.filter((row) => row.id === id).map(({ verdict }) => verdict));
  const decided = new Set<Id>(['env-file-ignored', 'mode-mismatch', 'env-file-in-image']);
  for (const id of IDS) {
    expect([id, said(id).has('pass'), said(id).has('violation')]).toEqual([id, true, true]);
    expect([id, said(id).has('undecided')]).toEqual([id, !decided.has(id)]);
  }
});
