import type { Builtin } from '../machine/builtin.ts';
import { structuredCopy } from './copy.ts';
import { PARSERS } from './boxes.ts';
import { argument, method, pure } from './define.ts';

const TEXTS = { encodeURIComponent, decodeURIComponent, encodeURI, decodeURI } as const;

export const GLOBAL_FUNCTIONS: readonly Builtin[] = [
  ...PARSERS,
  pure('isNaN', 1, 'boolean', ([value]) => Number.isNaN(+(value as number)), 'number'),
  pure('isFinite', 1, 'boolean', ([value]) => Number.isFinite(+(value as number)), 'number'),
  ...Object.entries(TEXTS).map(([name, work]) =>
    pure(name, 1, 'string', ([text]) => work(String(text)), 'string'),
  ),
  method('structuredClone', 1, (call) => structuredCopy(call, argument(call, 0))),
];
