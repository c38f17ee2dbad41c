import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './forbid-non-whitelisted.ts';

const ZOD_REJECTS = ['1.5.1', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const OPTIONS_ONLY = ['1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const ALL = ['1.0.18', '1.2.9', '1.3.10', '1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const zod = (version: string, rest = ''): AppCase =>
  configuredApp(version, `{ validation: { resolver: 'zod', ${rest} } }`);
const dto = (version: string, rest = ''): AppCase =>
  configuredApp(version, `{ validation: { resolver: 'class-validator', ${rest} } }`);
const BOTH = 'validationOptions: { whitelist: true, forbidNonWhitelisted: true }';

testRule(rule, {
  passes: [
    ...ZOD_REJECTS.flatMap((version) => [
      { ...zod(version), name: `${version} zod rejects by default (FACTS §3.10)` },
      {
        ...zod(version, 'validationOptions: { forbidNonWhitelisted: true }'),
        name: `${version} zod, written (FACTS §3.10)`,
      },
    ]),
    ...['1.3.10', ...OPTIONS_ONLY].map((version) => ({
      ...dto(version, BOTH),
      name: `${version} class-validator with both options (FACTS §3.10)`,
    })),
    {
      ...dto('1.3.10', 'validationOptions: { forbidNonWhitelisted: true }'),
      name: '1.3 has whitelist on by itself (FACTS §3.10)',
    },
  ],
  notApplicable: [
    ...['1.0.18', '1.2.9', '1.3.10', '1.4.15', '1.5.0'].map((version) => ({
      ...zod(version),
      name: `${version} zod can only strip (FACTS §3.10)`,
    })),
    ...['1.0.18', '1.2.9'].map((version) => ({
      ...dto(version),
      name: `${version} class-validator can only strip (FACTS §3.10)`,
    })),
  ],
  fails: [
    ...ALL.map((version) => ({
      ...configuredApp(version, '{}'),
      messages: ['unvalidated'],
      says: /resolver is not set/,
      name: `${version} no resolver (FACTS §5.1, §9.23)`,
    })),
    ...OPTIONS_ONLY.flatMap((version) => [
      {
        ...dto(version),
        messages: ['passed'],
        says: /whitelist is not set and forbidNonWhitelisted is not set/,
        name: `${version} class-validator lets them through (FACTS §3.10, §9.2)`,
      },
      {
        ...dto(version, 'validationOptions: { forbidNonWhitelisted: true }'),
        messages: ['passed'],
        says: /: whitelist is not set;/,
        name: `${version} forbidNonWhitelisted alone (FACTS §3.10)`,
      },
      {
        ...dto(version, 'validationOptions: { whitelist: true }'),
        messages: ['stripped'],
        name: `${version} whitelist alone strips (FACTS §3.10)`,
      },
    ]),
    { ...dto('1.3.10'), messages: ['stripped'], name: '1.3 class-validator strips by default (FACTS §3.10)' },
    ...ZOD_REJECTS.map((version) => ({
      ...zod(version, 'validationOptions: { forbidNonWhitelisted: false }'),
      messages: ['stripped'],
      says: /is false/,
      name: `${version} zod told not to reject (FACTS §3.10)`,
    })),
  ],
  undecided: [
    {
      ...configuredApp('1.7.0', '{ validation: { resolver: process.env.RESOLVER } }'),
      because: /RESOLVER/,
      name: 'the resolver is a variable',
    },
    {
      ...zod('1.7.0', "validationOptions: { forbidNonWhitelisted: process.env.LAX !== '1' }"),
      because: /LAX/,
      name: 'the option is a variable',
    },
  ],
});
