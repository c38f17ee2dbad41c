import { defineRule, judgeValue, notApplicable, pass, violation } from '@bulwark/model';
import type { Absent, Judgement, Known, Setting, ValidationSettings, Value } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { valueText } from '../value-text.ts';

interface Input {
  readonly resolver: Setting;
  readonly fields: Setting;
  readonly canReject: Value;
  readonly whitelist: Setting | null;
  readonly forbid: Setting | null;
  readonly version: string;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'forbid-non-whitelisted',
  title: 'Body fields the validator does not know are rejected',
  why: 'Arkos hands the validated body to Prisma as it is. A field nobody thought of, isSuperUser for one, is a column somebody sets.',
  severity: 'error',
  messages: {
    unvalidated: ({ resolver, version, write }) =>
      `validation.resolver is ${resolver}, so Arkos ${version} validates nothing and every body field reaches the database; ${write}`,
    passed: ({ missing, version, write }) =>
      `class-validator lets unknown body fields through unless told otherwise (Arkos ${version}): ${missing}; ${write}`,
    stripped: ({ key, value, write }) =>
      `${key} is ${value}, so unknown body fields are dropped in silence instead of rejected; ${write}`,
  },
  select: ({ settings: { validation }, version }) => ({ ...fieldsOf(validation), version }),
  check({ resolver, fields, canReject, whitelist, forbid, version }) {
    const { key, place } = fields;
    const about = { key, place };
    const cannot = canReject.kind === 'known' && canReject.value === false;
    return judgeValue(fields.value, about, (outcome): Judgement => {
      const name = nameOf(resolver.value);
      switch (textOf(outcome)) {
        case 'rejected':
          return pass(`${name} rejects unknown body fields`, place);
        case 'unvalidated': {
          const write = `write validation.resolver: "zod" or "class-validator"`;
          const props = { resolver: valueText(resolver.value), version, write };
          return violation('unvalidated', props, { key: resolver.key, place: resolver.place });
        }
        case 'stripped':
          if (cannot)
            return notApplicable(
              `Arkos ${version} can only drop unknown fields with ${name}, not reject them`,
            );
          return violation(
            'stripped',
            { key, value: forbid ? valueText(forbid.written) : 'off', write: insteadOf(name) },
            about,
          );
        default:
          return violation(
            'passed',
            { missing: missingOf(whitelist, forbid), version, write: insteadOf(name) },
            about,
          );
      }
    });
  },
});

function fieldsOf({
  resolver,
  unknownFields: fields,
  canReject,
  whitelist,
  forbidNonWhitelisted: forbid,
}: ValidationSettings): Omit<Input, 'version'> {
  return { resolver, fields, canReject, whitelist, forbid };
}

function textOf(outcome: Known | Absent): string {
  return outcome.kind === 'known' && typeof outcome.value === 'string' ? outcome.value : '';
}

function nameOf(resolver: Value): string {
  return resolver.kind === 'known' && typeof resolver.value === 'string' ? resolver.value : 'the resolver';
}

function missingOf(...options: readonly (Setting | null)[]): string {
  return options
    .filter((option) => option !== null)
    .filter(({ written }) => written.kind === 'unknown' || !isTruthy(written))
    .map(({ key, written }) => `${key.split('.').at(-1)} is ${valueText(written)}`)
    .join(' and ');
}

function insteadOf(resolver: string): string {
  return resolver === 'zod'
    ? 'leave the key out, which rejects them, or write true'
    : 'write validation.validationOptions: { whitelist: true, forbidNonWhitelisted: true }';
}
