/** The platform, as far as it is followed. */
import type { Builtin } from '../machine/builtin.ts';
import { ARRAY, ARRAY_PROTOTYPE } from './array.ts';
import { BOXED_PROTOTYPES, BOXES } from './boxes.ts';
import { MAP, MAP_PROTOTYPE, SET, SET_PROTOTYPE } from './collections.ts';
import { table } from './define.ts';
import type { GlobalDefinition } from './define.ts';
import { ERROR_PROTOTYPE, ERRORS } from './errors.ts';
import { FUNCTION, FUNCTION_PROTOTYPE } from './functions.ts';
import { GLOBAL_FUNCTIONS } from './global-functions.ts';
import { JSON_OBJECT } from './json.ts';
import { MATH } from './math.ts';
import { NUMBER_PROTOTYPE } from './number.ts';
import { OBJECT, OBJECT_PROTOTYPE } from './object.ts';
import { REFLECT } from './reflect.ts';
import { PROCESS } from './process.ts';
import { PROMISE, PROMISE_PROTOTYPE } from './promise.ts';
import { REGEXP, REGEXP_PROTOTYPE } from './regexp.ts';
import { STRING_PROTOTYPE } from './string.ts';
import { CONSOLE, DATE, DATE_PROTOTYPE, SYMBOL } from './others.ts';
import { URL_CLASS, URL_PROTOTYPE, URL_SEARCH, URL_SEARCH_PROTOTYPE } from './url.ts';

export const PROTOTYPES: ReadonlyMap<string, ReadonlyMap<string, Builtin>> = new Map([
  ['Object', OBJECT_PROTOTYPE],
  ['Function', FUNCTION_PROTOTYPE],
  ['Array', ARRAY_PROTOTYPE],
  ['String', STRING_PROTOTYPE],
  ['Number', NUMBER_PROTOTYPE],
  ...BOXED_PROTOTYPES,
  ['RegExp', REGEXP_PROTOTYPE],
  ['Error', ERROR_PROTOTYPE],
  ['Map', MAP_PROTOTYPE],
  ['Set', SET_PROTOTYPE],
  ['Promise', PROMISE_PROTOTYPE],
  ['Date', DATE_PROTOTYPE],
  ['URL', URL_PROTOTYPE],
  ['URLSearchParams', URL_SEARCH_PROTOTYPE],
  ['process', PROCESS],
]);

export const CONSTRUCTORS: ReadonlyMap<string, Builtin> = table([
  OBJECT,
  FUNCTION,
  ARRAY,
  ...BOXES,
  REGEXP,
  ...ERRORS,
  MAP,
  SET,
  PROMISE,
  DATE,
  URL_CLASS,
  URL_SEARCH,
]);

export const GLOBALS: ReadonlyMap<string, GlobalDefinition> = new Map<string, GlobalDefinition>([
  ['undefined', { kind: 'value', value: undefined }],
  ['NaN', { kind: 'value', value: Number.NaN }],
  ['Infinity', { kind: 'value', value: Number.POSITIVE_INFINITY }],
  ...[...CONSTRUCTORS.values(), ...GLOBAL_FUNCTIONS, SYMBOL].map((builtin): [string, GlobalDefinition] => [
    builtin.name,
    { kind: 'function', builtin },
  ]),
  ['Math', MATH],
  ['JSON', JSON_OBJECT],
  ['Reflect', REFLECT],
  ['console', CONSOLE],
  ['process', { kind: 'object', members: PROCESS, constants: {}, isOpen: true }],
]);
