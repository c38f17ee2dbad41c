import type { Rule } from '@bulwark/model';
import committedSecret from './files/committed-secret.ts';
import envFile from './files/env-file.ts';
import routerStrictParity from './routers/router-strict-parity.ts';
import routerStrict from './routers/router-strict.ts';

/** Every core rule, in reading order. */
export const rules: readonly Rule[] = [
  committedSecret,
  envFile,
  routerStrict,
  routerStrictParity,
] as readonly Rule[];
