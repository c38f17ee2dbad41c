import type { Rule } from '@bulwark/model';
import jwtCookieHttpOnly from './authentication/jwt-cookie-http-only.ts';
import jwtCookieSameSite from './authentication/jwt-cookie-same-site.ts';
import jwtCookieSecure from './authentication/jwt-cookie-secure.ts';
import jwtExpiry from './authentication/jwt-expiry.ts';
import jwtSecret from './authentication/jwt-secret.ts';
import tokenInBody from './authentication/token-in-body.ts';
import configLoads from './config/config-loads.ts';
import dangerousQueryOptions from './config/dangerous-query-options.ts';
import deadSetting from './config/dead-setting.ts';
import docsInProduction from './config/docs-in-production.ts';
import settingsParity from './config/settings-parity.ts';
import corsOrigin from './cors/cors-origin.ts';
import committedSecret from './files/committed-secret.ts';
import envFile from './files/env-file.ts';
import authRateLimit from './limits/auth-rate-limit.ts';
import globalRateLimit from './limits/global-rate-limit.ts';
import pluginPending from './policy/plugin-pending.ts';
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
import forbidNonWhitelisted from './validation/forbid-non-whitelisted.ts';
import strictRouteValidation from './validation/strict-route-validation.ts';

/** Every core rule, in reading order: the guide's own lines in its order, then what goes beyond it. */
export const rules: readonly Rule[] = [
  corsOrigin,
  globalRateLimit,
  authRateLimit,
  jwtSecret,
  jwtExpiry,
  jwtCookieHttpOnly,
  jwtCookieSecure,
  jwtCookieSameSite,
  superUserAssignable,
  forbidNonWhitelisted,
  routerStrict,
  routerStrictParity,
  strictRouteValidation,
  productionStart,
  databaseUrl,
  committedSecret,
  envFile,
  envFileIgnored,
  settingsParity,
  deadSetting,
  configLoads,
  publicWrite,
  modeMismatch,
  envFileInImage,
  dangerousQueryOptions,
  docsInProduction,
  tokenInBody,
  uploadAuthorization,
  openBulk,
  policyWeakened,
  pluginPending,
  waiverExpired,
  waiverUnused,
  suppressionWithoutReason,
] as readonly Rule[];
