import type { Rule } from '@bulwark/model';
import committedSecret from './files/committed-secret.ts';
import envFile from './files/env-file.ts';
import policyWeakened from './policy/policy-weakened.ts';
import suppressionWithoutReason from './policy/suppression-without-reason.ts';
import waiverExpired from './policy/waiver-expired.ts';
import waiverUnused from './policy/waiver-unused.ts';
import routerStrictParity from './routers/router-strict-parity.ts';
import routerStrict from './routers/router-strict.ts';
import openBulk from './routes/open-bulk.ts';
import publicWrite from './routes/public-write.ts';
import superUserAssignable from './routes/super-user-assignable.ts';
import uploadAuthorization from './routes/upload-authorization.ts';
import databaseUrl from './running/database-url.ts';
import envFileIgnored from './running/env-file-ignored.ts';
import envFileInImage from './running/env-file-in-image.ts';
import modeMismatch from './running/mode-mismatch.ts';
import productionStart from './running/production-start.ts';

/** Every core rule, in reading order: the guide's own lines in its order, then what goes beyond it. */
export const rules: readonly Rule[] = [
  superUserAssignable,
  routerStrict,
  routerStrictParity,
  productionStart,
  databaseUrl,
  committedSecret,
  envFile,
  envFileIgnored,
  publicWrite,
  modeMismatch,
  envFileInImage,
  uploadAuthorization,
  openBulk,
  policyWeakened,
  waiverExpired,
  waiverUnused,
  suppressionWithoutReason,
] as readonly Rule[];
