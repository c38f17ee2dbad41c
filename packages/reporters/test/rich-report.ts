/** One report with something of everything, and the look of a command that knows two rules. */
import type { Finding, Report } from '@bulwark/model';
import type { Look } from '../src/index.ts';

const finding: Finding = {
  rule: 'router-strict-parity',
  verdict: 'violation',
  severity: 'error',
  app: 'apps/tolls',
  modes: ['development', 'production'],
  message: 'routers.strict differs between modes: "no-bulk" in development, true in production',
  path: 'apps/tolls/arkos.config.ts',
  line: 12,
  column: 5,
  endLine: 12,
  endColumn: 20,
  fingerprint: 'a'.repeat(64),
  help: 'bulwark explain router-strict-parity',
  waived: null,
  fixable: true,
};

export const richReport: Report = {
  version: 1,
  tool: { name: 'bulwark', version: '0.1.0' },
  snapshot: { kind: 'worktree', commit: 'c'.repeat(40) },
  complete: false,
  problems: [
    { path: 'big.bin', message: 'was not read: too large', hint: 'Leave it out.' },
    { path: 'apps/tolls/src/app.ts', line: 3, column: 7, message: 'was not understood' },
    { path: null, message: 'the report of shard 2/4 is missing', hint: 'Run: bulwark audit --shard 2/4' },
  ],
  scanned: {
    files: 3,
    bytes: 2048,
    apps: 2,
    skipped: [
      { path: 'lib', reason: 'a submodule' },
      { path: 'fixtures/a', reason: 'ignored by bulwark.json' },
      { path: 'fixtures/b', reason: 'ignored by bulwark.json' },
    ],
  },
  apps: [
    {
      name: 'tolls',
      root: 'apps/tolls',
      arkos: { version: '1.6.7', generation: '1.6', from: 'package-lock.json' },
      config: 'apps/tolls/arkos.config.ts',
      verdicts: {
        'router-strict-parity': {
          verdict: 'violation',
          because: 'differs',
          path: 'apps/tolls/arkos.config.ts',
          line: 12,
        },
        'committed-secret': { verdict: 'pass', because: 'no file holds a secret' },
        'cors-origin': { verdict: 'undecided', because: 'depends on the environment variable ORIGIN' },
        'docs-in-production': { verdict: 'not-applicable', because: 'there are no docs' },
      },
    },
    {
      name: 'feed',
      root: 'apps/feed',
      arkos: { version: null, generation: '1.5 or 1.6', from: 'apps/feed/package.json' },
      config: null,
      verdicts: {
        'router-strict-parity': { verdict: 'pass', because: 'it is "no-bulk" in every mode' },
        'committed-secret': { verdict: 'violation', because: 'a token' },
        'cors-origin': { verdict: 'pass', because: 'only 2 listed origins may read answers' },
        'docs-in-production': { verdict: 'not-applicable', because: 'there are no docs' },
      },
    },
  ],
  findings: [
    finding,
    {
      ...finding,
      rule: 'committed-secret',
      app: null,
      modes: [],
      path: 'odd path,50%:\u001b[31m\n[x](y)|`é\udcff.ts',
      pathBytes: 'b2Rk',
      message:
        'an access token\nof npm: npm_…, 100% <b>real</b> [x](http://e.invalid) @everyone #1 ::error::',
      line: 3,
      endLine: 4,
      endColumn: 1,
      fingerprint: 'b'.repeat(64),
      commit: 'd'.repeat(40),
      date: '2026-01-31T10:00:00Z',
    },
    {
      ...finding,
      rule: 'cors-origin',
      verdict: 'undecided',
      severity: 'warn',
      message: 'middlewares.cors.origin is undecided: depends on the environment variable ORIGIN',
      fingerprint: 'c'.repeat(64),
    },
    { ...finding, rule: 'docs-in-production', severity: 'info', app: 'apps/feed', path: 'apps/feed/a.ts' },
    { ...finding, older: true, line: 20 },
    {
      ...finding,
      waived: { reason: 'agreed | with *all*', owner: 'platform', expires: '2027-01-01' },
      line: 30,
    },
  ],
};

export const look: Look = {
  color: false,
  quiet: false,
  posture: false,
  rules: [
    {
      id: 'router-strict-parity',
      title: 'Router strictness is the same in every mode',
      why: 'Strictness decides which routes exist.',
      severity: 'error',
      page: '# router-strict-parity\n\nIt is the same.\n',
    },
    { id: 'cors-origin', title: 'CORS names the origins', why: 'Any page may read.', severity: 'warn' },
  ],
};
