/** What the two rules about limits share: their option and their messages. */
import { property, violation } from '@bulwark/model';
import type {
  Json,
  Judgement,
  Messages,
  OptionsSchema,
  Props,
  RateLimitSetting,
  Subjected,
} from '@bulwark/model';
import { valueText } from '../value-text.ts';
import { nameItLimit } from './name-it-limit.ts';

export const limitOptions: OptionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    perMinute: {
      type: ['number', 'null'],
      exclusiveMinimum: 0,
      default: null,
      description: 'The most requests a minute; null asks only to stay below what Arkos allows by itself.',
    },
  },
};

export const limitMessages: Messages = {
  off: ({ key, what, write }) => `${key} is false, so ${what} not limited at all; ${write}`,
  skips: ({ key, what, write }) =>
    `${key}.skip says yes to every request, so ${what} not limited at all; take it out, and ${write}`,
  'by-default': ({ key, rate, version, twin, write }) =>
    `${key} is not set, so one address may send ${rate}, the default of Arkos ${version}${twin}; ${write}`,
  loose: ({ key, rate, origin, builtIn, version, write }) =>
    `${key} allows ${rate} (${origin}), which is not below the ${builtIn} that Arkos ${version} allows by default; ${write}`,
  'above-own': ({ key, rate, perMinute, write }) =>
    `${key} allows ${rate}, which is more than the ${perMinute} a minute of the settings; ${write}`,
  'no-number': ({ key, value, what, write }) =>
    `${key} is ${value}, which is no number, so ${what} not limited; ${write}`,
  'max-ignored': ({ key, max, version, write }) =>
    `${key}.max is ${max} and does nothing: Arkos ${version} merges a limit of its own beside it, which wins; name it limit, or ${write}`,
};

export function perMinuteOf(option: Json | undefined): number | null {
  return typeof option === 'number' ? option : null;
}

/** The violation of a `max` that does nothing, `null` if there is none. */
export function ignoredMax(setting: RateLimitSetting, props: Props): Judgement | null {
  if (!setting.ignoredMax) return null;
  const subject: Subjected = { key: `${setting.key}.max`, place: setting.ignoredMax };
  const max = valueText(property(setting.written, 'max'));
  return violation('max-ignored', { ...props, max }, subject, nameItLimit(setting));
}
