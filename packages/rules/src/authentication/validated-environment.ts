/**
 * A variable read through a package that checks the environment: `schema.parse(process.env).NAME`,
 * `cleanEnv(process.env, {…}).NAME`, `createEnv({ runtimeEnv: process.env, … }).NAME`, `env.get('NAME')…`.
 */
import { isObject, outcomesOf } from '@bulwark/model';
import type { Foreign, ForeignStep, Value } from '@bulwark/model';

/** `environment`: the variable or nothing. `fallback`: text in the source where it is unset. `null`: cannot be told. */
export type ReadThrough = 'environment' | 'fallback' | null;

/** What zod, envalid and env-var call a value for want of one. */
const FALLBACKS = new Set(['default', 'devDefault', 'catch', 'prefault']);
/** After these anything may come out. */
const CHANGES = new Set(['transform', 'preprocess', 'pipe', 'overwrite']);

/** How the evaluator tells `process.env` as a whole. */
const WHOLE_ENVIRONMENT = 'is the whole environment';

export function readThrough({ module, steps }: Foreign): ReadThrough {
  if (module === 'env-var') return judgeSteps(steps);
  const last = steps.at(-1);
  if (!last || !('get' in last)) return null;
  const args = steps.flatMap((step) =>
    'call' in step ? step.call : 'construct' in step ? step.construct : [],
  );
  if (!args.some((arg) => contains(arg, isEnvironment))) return null;
  const schemas = args.flatMap((arg) => propertiesNamed(arg, last.get));
  const said = schemas.flatMap((schema) => (schema.kind === 'unknown' ? [judgeUnknown(schema)] : []));
  if (schemas.length === 0 || said.length < schemas.length) return null;
  if (said.includes('fallback')) return 'fallback';
  return said.includes(null) ? null : 'environment';
}

function judgeUnknown({ foreign }: Extract<Value, { kind: 'unknown' }>): ReadThrough {
  return foreign ? judgeSteps(foreign.steps) : null;
}

function judgeSteps(steps: readonly ForeignStep[]): ReadThrough {
  const names = steps.flatMap((step) =>
    'get' in step ? [step.get] : 'call' in step ? step.call.flatMap(keysOf) : [],
  );
  if (names.some((name) => CHANGES.has(name))) return null;
  return names.some((name) => FALLBACKS.has(name)) ? 'fallback' : 'environment';
}

function isEnvironment(value: Value): boolean {
  return value.kind === 'unknown' && value.why === WHOLE_ENVIRONMENT;
}

function keysOf(value: Value): string[] {
  return value.kind === 'known' && isObject(value.value) ? Object.keys(value.value.entries) : [];
}

function contains(value: Value, test: (value: Value) => boolean): boolean {
  return test(value) || insideOf(value).some(([, inner]) => contains(inner, test));
}

function propertiesNamed(value: Value, name: string): Value[] {
  return insideOf(value).flatMap(([key, inner]) => (key === name ? [inner] : propertiesNamed(inner, name)));
}

function insideOf(value: Value): readonly (readonly [string, Value])[] {
  if (value.kind === 'absent') return [];
  if (value.kind === 'unknown')
    return value.outcomes ? outcomesOf(value).map(({ value: inner }) => ['', inner] as const) : [];
  if (!isObject(value.value)) return [];
  return Object.entries(value.value.entries).map(([key, { value: inner }]) => [key, inner] as const);
}
