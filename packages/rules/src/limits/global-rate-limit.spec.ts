import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './global-rate-limit.ts';

const OLD = ['1.0.18', '1.2.9', '1.3.10'];
const NEW = ['1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const limit = (version: string, value: string, more: Partial<AppCase> = {}): AppCase =>
  configuredApp(
    version,
    version < '1.4'
      ? `{ globalRequestRateLimitOptions: ${value} }`
      : `{ middlewares: { rateLimit: ${value} } }`,
    more,
  );
const TUNED = '{ windowMs: 60_000, limit: 100 }';

const maxOf = (options: string): string =>
  `import { defineConfig } from 'arkos/config';\nexport default defineConfig({ middlewares: { rateLimit: { ${options} } } });\n`;

testRule(rule, {
  passes: [
    ...[...OLD, ...NEW].map((version) => ({
      ...limit(version, TUNED),
      name: `${version} tuned down (FACTS §3.2)`,
    })),
    { ...limit('1.7.0', '{ limit: 250 }'), name: 'the window of the default stays (FACTS §3.2)' },
    {
      ...limit('1.7.0', '{ windowMs: 15 * 60 * 1000, limit: 1000 }'),
      name: 'compared as a rate (FACTS §3.2)',
    },
    {
      ...limit('1.7.0', 'rateLimit({ windowMs: 60_000, max: 50 })'),
      config: `import { rateLimit } from 'express-rate-limit';\nimport { defineConfig } from 'arkos/config';\nexport default defineConfig({ middlewares: { rateLimit: rateLimit({ windowMs: 60_000, max: 50 }) } });\n`,
      name: 'a limiter of its own, where max works',
    },
    {
      ...limit('1.7.0', '{ limit: Number(process.env.LIMIT) }', { env: { LIMIT: '50' } }),
      name: 'a pinned variable',
    },
    { ...limit('1.7.0', TUNED, { options: { perMinute: 100 } }), name: 'as many as the settings allow' },
  ],
  fails: [
    {
      ...configuredApp('1.0.18', '{}'),
      messages: ['by-default'],
      says: /1000 requests in 1 min, the default of Arkos 1\.0\.18/,
      name: '1.0 by default (FACTS §3.2)',
    },
    {
      ...configuredApp('1.3.10', '{}'),
      messages: ['by-default'],
      says: /500 requests in 1 min/,
      name: '1.3 by default (FACTS §3.2)',
    },
    ...NEW.map((version) => ({
      ...configuredApp(version, '{}'),
      messages: ['by-default'],
      says: /300 requests in 1 min.*write middlewares\.rateLimit/,
      name: `${version} by default (FACTS §3.2)`,
    })),
    ...NEW.map((version) => ({
      ...configuredApp(version, `{ globalRequestRateLimitOptions: ${TUNED} }`),
      messages: ['by-default'],
      says: /globalRequestRateLimitOptions is written, but not read/,
      name: `${version} the key of 1.3 (FACTS §3.2, §8)`,
    })),
    ...NEW.map((version) => ({
      ...limit(version, '{ max: 50 }'),
      messages: ['max-ignored'],
      says: /max is 50 and does nothing/,
      fixed: true,
      name: `${version} max alone (FACTS §3.2, §9.7)`,
    })),
    {
      config: maxOf('max: 50, windowMs: 60_000'),
      messages: ['max-ignored'],
      fixed: maxOf('limit: 50, windowMs: 60_000'),
      name: 'max under its right name',
    },
    ...['max: 300', 'max: 50, windowMs: 1_000', 'max: 50, windowMs: undefined', "max: '50'"].map(
      (options) => ({
        config: maxOf(options),
        messages: ['max-ignored'],
        name: `the right name would not do: ${options}`,
      }),
    ),
    ...OLD.map((version) => ({
      ...configuredApp(version, `{ middlewares: { rateLimit: ${TUNED} } }`),
      messages: ['by-default'],
      name: `${version} the key of 1.4 (FACTS §8)`,
    })),
    ...['1.2.9', '1.3.10'].map((version) => ({
      ...configuredApp(version, "{ middlewares: { disable: ['global-rate-limit'] } }"),
      messages: ['off'],
      name: `${version} disabled by name (FACTS §3.2)`,
    })),
    ...NEW.map((version) => ({
      ...limit(version, 'false'),
      messages: ['off'],
      name: `${version} switched off (FACTS §3.2)`,
    })),
    { ...limit('1.7.0', '{ limit: 300 }'), messages: ['loose'], name: 'as much as the default (FACTS §3.2)' },
    {
      ...limit('1.7.0', '{ windowMs: 1_000, limit: 50 }'),
      messages: ['loose'],
      says: /50 requests in 1 s/,
      name: 'a tiny window (FACTS §3.2)',
    },
    {
      ...limit('1.7.0', '{ limit: 50, skip: () => true }'),
      messages: ['skips'],
      name: 'nothing is counted (FACTS §3.2)',
    },
    { ...limit('1.7.0', '{ limit: Number("many") }'), messages: ['no-number'], name: 'NaN limits nothing' },
    { ...limit('1.7.0', '{ limit: Infinity }'), messages: ['loose'], name: 'no end' },
    {
      ...limit('1.7.0', TUNED, { options: { perMinute: 60 } }),
      messages: ['above-own'],
      says: /60 a minute/,
      name: 'more than the settings allow',
    },
  ],
  undecided: [
    {
      ...limit('1.7.0', '{ limit: Number(process.env.LIMIT) }'),
      because: /LIMIT/,
      name: 'an unpinned variable',
    },
    {
      ...limit('1.7.0', '(req, res, next) => next()'),
      because: /handler/,
      name: 'a handler of its own (FACTS §3.2)',
    },
    {
      ...limit('1.7.0', '{ limit: (req) => (req.user ? 100 : 10) }'),
      because: /function/,
      name: 'a limit worked out for each request',
    },
    {
      ...limit('1.7.0', '{ limit: 50, skip: (req) => req.path === process.env.HEALTH }'),
      because: /skip/,
      name: 'a skip that decides (FACTS §3.2)',
    },
    {
      ...limit('1.7.0', "{ limit: process.env.LOAD_TEST === '1' ? 100_000 : 100 }"),
      because: /LOAD_TEST is "1"/,
      name: 'loose in one outcome',
    },
  ],
});
