/**
 * Names of options that Arkos hands on to other packages as they are. Nothing there is wrong because it is not
 * listed, but a name that is one slip away from a listed one is a slip.
 */
const CORS = [
  'origin',
  'methods',
  'allowedHeaders',
  'exposedHeaders',
  'credentials',
  'maxAge',
  'preflightContinue',
  'optionsSuccessStatus',
];
const RATE_LIMIT = [
  'windowMs',
  'limit',
  'max',
  'message',
  'statusCode',
  'handler',
  'legacyHeaders',
  'standardHeaders',
  'identifier',
  'requestPropertyName',
  'skip',
  'skipFailedRequests',
  'skipSuccessfulRequests',
  'keyGenerator',
  'requestWasSuccessful',
  'store',
  'validate',
  'passOnStoreError',
  'ipv6Subnet',
];
const COOKIE = [
  'secure',
  'httpOnly',
  'sameSite',
  'domain',
  'path',
  'maxAge',
  'expires',
  'signed',
  'priority',
  'partitioned',
  'encode',
];
const VALIDATION = [
  'whitelist',
  'forbidNonWhitelisted',
  'forbidUnknownValues',
  'skipMissingProperties',
  'skipNullProperties',
  'skipUndefinedProperties',
  'enableDebugMessages',
  'validationError',
  'groups',
  'always',
  'strictGroups',
  'dismissDefaultMessages',
  'stopAtFirstError',
];
const SWAGGER = [
  'mode',
  'strict',
  'endpoint',
  'enableAfterBuild',
  'authenticate',
  'options',
  'scalarApiReferenceConfiguration',
];

/** Section → the option names that are known there. */
export const OPTION_NAMES: Readonly<Record<string, readonly string[]>> = {
  'cors.options': CORS,
  'middlewares.cors': [...CORS, 'allowedOrigins', 'options', 'customHandler'],
  'middlewares.cors.options': CORS,
  'middlewares.rateLimit': RATE_LIMIT,
  globalRequestRateLimitOptions: RATE_LIMIT,
  'authentication.rateLimit': RATE_LIMIT,
  'authentication.requestRateLimitOptions': RATE_LIMIT,
  'authentication.jwt.cookie': COOKIE,
  'validation.validationOptions': VALIDATION,
  swagger: SWAGGER,
  source: ['entryPoint'],
};
