import { isObject, isUndefined, placeOf, property } from '@bulwark/model';
import { bareUnknown } from '../chain-value.ts';
import { eachOutcome, one } from './fate.ts';
import type { Fates } from './fate.ts';
import type { FieldFate, Foreign, ForeignStep, Place, Unknown, Value } from '@bulwark/model';

/**
 * What a zod schema is, as far as one field asks. `walked`: Arkos' own check for unknown keys reaches it; it goes
 * through objects, arrays, optional and nullable only (FACTS §3.10).
 */
interface ObjectSchema {
  readonly kind: 'object';
  /** The field's own schema; absent if the shape has no such key, unknown if that cannot be told. */
  readonly field: Value;
  readonly keys: 'strip' | 'strict' | 'passthrough';
  readonly walked: boolean;
  /** Functions that see the parsed object and may refuse or change it. */
  readonly effects: readonly Value[];
  readonly changes: boolean;
}

type Schema =
  | ObjectSchema
  | { readonly kind: 'array'; readonly item: Value }
  | { readonly kind: 'any' }
  | { readonly kind: 'scalar' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'choice'; readonly options: readonly Value[]; readonly isBoth: boolean }
  | { readonly kind: 'opaque'; readonly why: string };

const NO_CHANGE = new Set(
  'optional nullable nullish partial deepPartial required readonly describe meta brand default prefault catch min max nonempty length email url uuid trim toLowerCase toUpperCase int positive register check regex startsWith endsWith includes datetime date time'.split(
    ' ',
  ),
);
const SCALARS = new Set(
  'string number boolean bigint date enum nativeEnum literal symbol email url uuid cuid cuid2 ulid int int32 iso stringbool coerce file nan templateLiteral'.split(
    ' ',
  ),
);

/** What becomes of a field of the body under a schema. `rules` is what Arkos does with unknown fields. */
export function zodFate(schema: Value, field: string, unknownFields: Value): Fates {
  return eachOutcome(
    schema,
    (leaf) => one('unknown', 'its validator is no zod schema', placeOf(leaf)),
    (leaf) => fateUnder(leaf, field, unknownFields, true, 0),
  );
}

function fateUnder(
  value: Unknown,
  field: string,
  unknownFields: Value,
  isWalked: boolean,
  depth: number,
): Fates {
  const place = placeOf(value);
  if (depth > 20) return one('unknown', 'the schema nests too deep', place);
  const schema = readSchema(value, field);
  const again = (inner: Value, walked: boolean): Fates =>
    eachOutcome(
      inner,
      () => one('unknown', 'part of the schema is no zod schema', place),
      (leaf) => fateUnder(leaf, field, unknownFields, walked, depth + 1),
    );
  switch (schema.kind) {
    case 'object':
      return objectFate(schema, field, unknownFields, isWalked && schema.walked, place);
    case 'array':
      return again(schema.item, isWalked);
    case 'any':
      return one('accepted', 'the schema takes anything', place);
    case 'scalar':
    case 'nothing':
      return one('rejected', 'the schema takes no object', place);
    case 'choice':
      return choiceFate(
        schema.options.map((option) => again(option, false)),
        schema.isBoth,
        place,
      );
    default:
      return one('unknown', schema.why, place);
  }
}

function objectFate(
  schema: ObjectSchema,
  field: string,
  unknownFields: Value,
  isWalked: boolean,
  place: Place | undefined,
): Fates {
  if (schema.field.kind === 'unknown' && !schema.field.foreign) {
    return one('unknown', `whether the schema has ${field} cannot be told: ${schema.field.why}`, place);
  }
  if (schema.field.kind !== 'absent') {
    const refused = neverTrue(schema.field);
    if (refused) return one('rejected', `the schema refuses ${field}`, placeOf(schema.field) ?? place);
    const open = schema.effects.find((effect) => mayConcern(effect, field));
    return schema.changes || open
      ? one(
          'unknown',
          `the schema has ${field}, and a function of it sees the parsed body`,
          placeOf(schema.field) ?? place,
        )
      : one('accepted', `the schema has ${field}`, placeOf(schema.field) ?? place);
  }
  if (schema.keys === 'strict') return one('rejected', 'the schema is strict', place);
  const byItself: FieldFate = schema.keys === 'passthrough' ? 'accepted' : 'stripped';
  const words =
    schema.keys === 'passthrough' ? `the schema lets ${field} through` : `the schema strips ${field}`;
  if (!isWalked) return one(byItself, words, place);
  return eachOutcome(unknownFields, (leaf) =>
    leaf.kind === 'known' && leaf.value === 'rejected'
      ? one('rejected', `the schema does not know ${field}, and unknown fields are rejected`, place)
      : one(byItself, words, place),
  );
}

/** A union passes what any member passes; an intersection what both know. */
function choiceFate(options: readonly Fates[], isBoth: boolean, place: Place | undefined): Fates {
  const all = options.flat();
  const has = (fate: FieldFate): boolean => all.some((it) => it.fate === fate);
  if (has('unknown') || all.some(({ when }) => when !== null))
    return one('unknown', 'one of several schemas cannot be told', place);
  if (isBoth && has('rejected'))
    return one('unknown', 'one of two schemas refuses it, the other does not', place);
  if (has('accepted')) return one('accepted', 'one of several schemas takes it', place);
  return has('stripped')
    ? one('stripped', 'none of several schemas knows it', place)
    : one('rejected', 'each of several schemas refuses it', place);
}

function readSchema(value: Unknown, field: string): Schema {
  const { foreign } = value;
  if (!foreign || !/^zod(?:\/|$)/.test(foreign.module)) return { kind: 'opaque', why: value.why };
  const calls = callsOf(foreign);
  const [maker, ...modifiers] = calls;
  if (!maker) return { kind: 'opaque', why: 'its validator is no schema' };
  return modifiers.reduce((schema: Schema, call) => modify(schema, call, field, value), make(maker, field));
}

interface Call {
  readonly name: string;
  readonly args: readonly Value[];
}

/** `z.object({…}).partial()` → `object({…})`, `partial()`. */
function callsOf({ name, steps }: Foreign): readonly Call[] {
  const calls: Call[] = [];
  let last = name;
  for (const step of steps as readonly ForeignStep[]) {
    if ('get' in step) last = last === 'coerce' ? 'coerce' : step.get;
    else if ('call' in step) calls.push({ name: last, args: step.call });
  }
  return calls;
}

function make({ name, args }: Call, field: string): Schema {
  const [first, second] = args;
  switch (name) {
    case 'object':
    case 'interface':
      return { ...objectOf(first, field), keys: 'strip' };
    case 'strictObject':
      return { ...objectOf(first, field), keys: 'strict' };
    case 'looseObject':
      return { ...objectOf(first, field), keys: 'passthrough' };
    case 'array':
      return first ? { kind: 'array', item: first } : { kind: 'opaque', why: 'an array of nothing known' };
    case 'any':
    case 'unknown':
    case 'record':
    case 'map':
    case 'custom':
    case 'json':
      return { kind: 'any' };
    case 'never':
    case 'undefined':
    case 'null':
    case 'void':
      return { kind: 'nothing' };
    case 'union':
    case 'discriminatedUnion': {
      const list = name === 'union' ? first : second;
      const data = list?.kind === 'known' && typeof list.value === 'object' ? list.value : null;
      return data?.type === 'array' && !data.rest
        ? { kind: 'choice', options: data.items, isBoth: false }
        : { kind: 'opaque', why: 'the members of a union cannot be told' };
    }
    case 'intersection':
      return { kind: 'choice', options: args, isBoth: true };
    case 'preprocess':
      return { kind: 'choice', options: second ? [second] : [], isBoth: false };
    case 'optional':
    case 'nullable':
      return { kind: 'choice', options: first ? [first] : [], isBoth: false };
    default:
      return SCALARS.has(name) ? { kind: 'scalar' } : { kind: 'opaque', why: `z.${name} is not followed` };
  }
}

function objectOf(shape: Value | undefined, field: string): ObjectSchema {
  return {
    kind: 'object',
    field: shape ? fieldIn(shape, field) : { kind: 'absent', from: { kind: 'default', of: 'zod' } },
    keys: 'strip',
    walked: true,
    effects: [],
    changes: false,
  };
}

/**
 * The field in a shape: its schema, absent, or an unknown without `foreign` if it cannot be told. A spread of
 * another schema's `.shape` is looked into.
 */
function fieldIn(shape: Value, field: string): Value {
  const found = property(shape, field);
  if (isUndefined(found)) return { kind: 'absent', from: found.from };
  const spread = shape.kind === 'unknown' ? shape : restOf(shape) === found ? found : null;
  if (spread?.kind !== 'unknown') return found;
  const steps = spread.foreign?.steps ?? [];
  const at = steps.findIndex((step) => 'get' in step && step.get === 'shape');
  if (at === -1) return bareUnknown(spread);
  const inner = readSchema({ ...spread, foreign: { ...spread.foreign!, steps: steps.slice(0, at) } }, field);
  return inner.kind === 'object' ? inner.field : bareUnknown(spread);
}

function restOf(value: Value): Unknown | undefined {
  const data = value.kind === 'known' ? value.value : null;
  return typeof data === 'object' && data !== null && isObject(data) ? data.rest : undefined;
}

function modify(schema: Schema, { name, args }: Call, field: string, value: Unknown): Schema {
  const [first] = args;
  if (name === 'array') return { kind: 'array', item: beforeLastCall(value, 'array') };
  if (name === 'or' && first)
    return { kind: 'choice', options: [beforeLastCall(value, 'or'), first], isBoth: false };
  if (name === 'and' && first)
    return { kind: 'choice', options: [beforeLastCall(value, 'and'), first], isBoth: true };
  if (NO_CHANGE.has(name)) return schema;
  if (
    name === 'pipe' ||
    name === 'transform' ||
    name === 'refine' ||
    name === 'superRefine' ||
    name === 'overwrite'
  ) {
    if (schema.kind !== 'object')
      return schema.kind === 'array'
        ? schema
        : { kind: 'opaque', why: `.${name}() on no object is not followed` };
    const isChange = name === 'pipe' || name === 'transform' || name === 'overwrite';
    return {
      ...schema,
      walked: false,
      effects: [...schema.effects, ...args],
      changes: schema.changes || isChange,
    };
  }
  if (schema.kind !== 'object')
    return schema.kind === 'scalar' || schema.kind === 'any'
      ? schema
      : { kind: 'opaque', why: `.${name}() is not followed` };
  switch (name) {
    case 'strict':
      return { ...schema, keys: 'strict' };
    case 'strip':
      return { ...schema, keys: 'strip' };
    case 'passthrough':
    case 'loose':
    case 'nonstrict':
    case 'catchall':
      return { ...schema, keys: 'passthrough' };
    case 'extend':
    case 'safeExtend':
    case 'augment':
    case 'setKey':
      return { ...schema, field: first ? preferred(fieldIn(first, field), schema.field) : schema.field };
    case 'merge': {
      const other = first?.kind === 'unknown' ? readSchema(first, field) : null;
      return other?.kind === 'object'
        ? { ...schema, field: preferred(other.field, schema.field), keys: other.keys }
        : { kind: 'opaque', why: 'what it is merged with cannot be told' };
    }
    case 'omit':
      return { ...schema, field: isPicked(first, field) ? absentAt(value) : schema.field };
    case 'pick':
      return { ...schema, field: isPicked(first, field) ? schema.field : absentAt(value) };
    default:
      return { kind: 'opaque', why: `.${name}() is not followed` };
  }
}

function preferred(own: Value, before: Value): Value {
  return own.kind === 'absent' ? before : own;
}

function absentAt(value: Unknown): Value {
  return { kind: 'absent', from: value.from };
}

function isPicked(mask: Value | undefined, field: string): boolean {
  const chosen = mask ? property(mask, field) : undefined;
  return chosen?.kind === 'known' && chosen.value === true;
}

/** The schema up to its last call of that name. */
function beforeLastCall(value: Unknown, name: string): Value {
  const steps = value.foreign!.steps;
  const at = steps.findLastIndex((step) => 'get' in step && step.get === name);
  return { ...value, foreign: { ...value.foreign!, steps: steps.slice(0, at) } };
}

/** `z.never()`, `z.undefined()`, `z.literal(false)`: nothing that makes anybody a super user. */
function neverTrue(schema: Value): boolean {
  if (schema.kind !== 'unknown' || !schema.foreign) return false;
  const [maker] = callsOf(schema.foreign);
  if (!maker) return false;
  if (['never', 'undefined', 'null', 'void'].includes(maker.name)) return true;
  return maker.name === 'literal' && maker.args[0]?.kind === 'known' && maker.args[0].value === false;
}

function mayConcern(effect: Value, field: string): boolean {
  if (effect.kind !== 'known') return true;
  const data = effect.value;
  if (typeof data !== 'object' || data === null) return false;
  if (data.type !== 'function') return false;
  return data.source.length >= 2000 || data.source.includes(field);
}

/**
 * Whether a field can be anywhere inside what a schema takes: for nested writes through a relation field.
 * `rejected` and `stripped` only where every object on the way is known.
 */
export function zodFateInside(schema: Value, relation: string, field: string, unknownFields: Value): Fates {
  const outer = zodFate(schema, relation, unknownFields);
  if (outer.every(({ fate }) => fate !== 'accepted')) return outer;
  return eachOutcome(
    schema,
    () => outer,
    (leaf) => {
      const own = readSchema(leaf, relation);
      const inner = own.kind === 'object' ? own.field : undefined;
      return inner === undefined || inner.kind === 'absent' ? outer : nestedFate(inner, field, 0);
    },
  );
}

function nestedFate(schema: Value, field: string, depth: number): Fates {
  const place = placeOf(schema);
  if (schema.kind !== 'unknown' || depth > 6)
    return one('unknown', 'what a relation takes cannot be told', place);
  const own = readSchema(schema, field);
  if (own.kind === 'array') return nestedFate(own.item, field, depth + 1);
  if (own.kind === 'scalar' || own.kind === 'nothing')
    return one('rejected', 'the relation takes no object', place);
  if (own.kind === 'any') return one('accepted', 'the relation takes anything', place);
  if (own.kind !== 'object' || own.keys === 'passthrough') {
    return own.kind === 'object'
      ? one('accepted', 'the relation takes unknown fields', place)
      : one('unknown', 'what a relation takes cannot be told', place);
  }
  if (own.field.kind !== 'absent')
    return one(
      own.field.kind === 'unknown' && !own.field.foreign ? 'unknown' : 'accepted',
      `the relation takes ${field}`,
      place,
    );
  for (const inner of shapeValues(schema)) {
    const fates = nestedFate(inner, field, depth + 1);
    if (fates.some(({ fate }) => fate === 'accepted' || fate === 'unknown')) return fates;
  }
  return one('stripped', `nothing the relation takes has ${field}`, place);
}

function shapeValues(schema: Unknown): readonly Value[] {
  const [maker] = callsOf(schema.foreign!);
  const shape = maker?.args[0];
  return shape?.kind === 'known' &&
    typeof shape.value === 'object' &&
    shape.value !== null &&
    isObject(shape.value)
    ? Object.values(shape.value.entries).map((entry) => entry.value)
    : [];
}
