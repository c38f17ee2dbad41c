/** What validators do with fields they do not know (FACTS §3.10), and with routes that have none (§3.12). */
import { at, known } from '@bulwark/model';
import type { Setting, ValidationSettings, Value } from '@bulwark/model';
import { isFalsy, mapKnown } from '../values.ts';
import { setting, settingWithDefault } from './reading.ts';
import type { Reading } from './reading.ts';

const OPTIONS = 'validation.validationOptions';

export function validationSettings(reading: Reading): ValidationSettings {
  const { unknownFields, keys } = reading.behaviour;
  const option = (name: string): Setting | null =>
    unknownFields.hasOptions ? setting(reading, `${OPTIONS}.${name}`, (written) => written) : null;
  return {
    resolver: setting(reading, 'validation.resolver', (written) => written),
    unknownFields: setting(reading, `${OPTIONS}.forbidNonWhitelisted`, () =>
      byResolver(reading, (resolver) =>
        resolver === 'zod' ? zodEffect(reading) : classValidatorEffect(reading),
      ),
    ),
    canReject: byResolver(reading, (resolver) =>
      known(
        resolver === 'zod' ? unknownFields.zod === 'rejected-unless-off' : unknownFields.hasOptions,
        reading.byDefault,
      ),
    ),
    whitelist: option('whitelist'),
    forbidNonWhitelisted: option('forbidNonWhitelisted'),
    falseValidator: reading.behaviour.falseValidator,
    strict: keys.includes('validation.strict')
      ? settingWithDefault(reading, 'validation.strict', false)
      : null,
  };
}

/** Without one of the two resolvers nothing is validated. */
function byResolver(reading: Reading, effect: (resolver: 'zod' | 'class-validator') => Value): Value {
  return mapKnown(at(reading.written, 'validation.resolver'), (leaf) => {
    if (leaf.kind === 'known' && (leaf.value === 'zod' || leaf.value === 'class-validator'))
      return effect(leaf.value);
    return known('unvalidated', leaf.kind === 'absent' ? reading.byDefault : leaf.from);
  });
}

function zodEffect(reading: Reading): Value {
  if (reading.behaviour.unknownFields.zod === 'stripped') return known('stripped', reading.byDefault);
  return mapKnown(at(reading.written, `${OPTIONS}.forbidNonWhitelisted`), (leaf) => {
    if (leaf.kind === 'absent') return known('rejected', reading.byDefault);
    return known(leaf.value === false ? 'stripped' : 'rejected', leaf.from);
  });
}

/** class-validator needs `whitelist` for `forbidNonWhitelisted` to do anything. */
function classValidatorEffect(reading: Reading): Value {
  const { classValidator } = reading.behaviour.unknownFields;
  if (classValidator === 'stripped') return known('stripped', reading.byDefault);
  return mapKnown(at(reading.written, `${OPTIONS}.whitelist`), (whitelist) => {
    const isOn =
      whitelist.kind === 'absent' && classValidator === 'whitelist-by-default' ? true : !isFalsy(whitelist);
    const from = whitelist.kind === 'absent' ? reading.byDefault : whitelist.from;
    if (!isOn) return known('passed', from);
    return mapKnown(at(reading.written, `${OPTIONS}.forbidNonWhitelisted`), (forbid) =>
      isFalsy(forbid) ? known('stripped', from) : known('rejected', forbid.from),
    );
  });
}
