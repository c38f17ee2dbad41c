/** Arkos 1.4: `arkos.config.*` with a plain default export, and middlewares under one key (FACTS §1.1, §8). */
import { arkos13 } from './1.3.ts';
import type { Behaviour, DeadKey } from './behaviour.ts';

const MIDDLEWARES = [
  'compression',
  'rateLimit',
  'expressJson',
  'cookieParser',
  'queryParser',
  'requestLogger',
  'errorHandler',
];

const moved = (instead: string | null): DeadKey => ({
  instead,
  why: instead === null ? 'nothing reads it since Arkos 1.4' : 'Arkos 1.4 moved it',
});

export function arkos14(patch: number): Behaviour {
  const before = arkos13(10);
  return {
    ...before,
    generation: '1.4',
    carrier: 'default-export',
    whenConfigThrows: 'defaults',
    configExtension: 'entry-file',
    productionBy: 'ARKOS_BUILD',
    commands: {
      dev: { nodeEnv: 'development', replaces: [], sets: { CLI: 'false', NO_CLI: 'true' } },
      start: {
        nodeEnv: 'production',
        replaces: [],
        sets: { ARKOS_BUILD: 'true', CLI: 'false', NO_CLI: 'true' },
      },
    },
    envFiles:
      patch >= 4 ? { order: 'local-last', win: true, startSkipsLocal: true, expand: true } : before.envFiles,
    cors: {
      key: 'middlewares.cors',
      originKey: 'middlewares.cors.allowedOrigins',
      whenOmitted: 'blocks',
      disableName: null,
      replaceKey: null,
    },
    globalRateLimit: {
      key: 'middlewares.rateLimit',
      limit: 300,
      windowMs: 60_000,
      disableName: null,
      replaceKey: null,
      takesHandler: true,
    },
    authRateLimit: {
      key: 'authentication.rateLimit',
      limit: 10,
      windowMs: 5_000,
      disableName: null,
      replaceKey: null,
      takesHandler: false,
    },
    enforcesSecret: patch >= 14,
    cookie: { ...before.cookie, secure: 'config-else-env-else-request' },
    unknownFields: { zod: 'stripped', classValidator: 'by-options', hasOptions: true },
    defaults: { ...(before.defaults as object), validation: { strict: false } },
    keys: [
      'welcomeMessage',
      'port',
      'host',
      'request.parameters.allowDangerousPrismaQueryOptions',
      'authentication.mode',
      'authentication.enabled',
      'authentication.login.allowedUsernames',
      'authentication.login.sendAccessTokenThrough',
      'authentication.passwordValidation.*',
      'authentication.rateLimit.*',
      'authentication.jwt.secret',
      'authentication.jwt.expiresIn',
      'authentication.jwt.cookie.secure',
      'authentication.jwt.cookie.httpOnly',
      'authentication.jwt.cookie.sameSite',
      'validation.resolver',
      'validation.strict',
      'validation.validationOptions.*',
      'fileUpload.baseUploadDir',
      'fileUpload.baseRoute',
      'fileUpload.expressStatic.*',
      'fileUpload.restrictions.*',
      'middlewares.cors.allowedOrigins',
      'middlewares.cors.options.*',
      'middlewares.cors.customHandler',
      ...MIDDLEWARES.map((key) => `middlewares.${key}.*`),
      'routers.strict',
      'routers.welcomeRoute',
      'email.*',
      'swagger.*',
      'debugging.*',
      'warnings.*',
    ],
    dead: {
      cors: moved('middlewares.cors'),
      globalRequestRateLimitOptions: moved('middlewares.rateLimit'),
      jsonBodyParserOptions: moved('middlewares.expressJson'),
      cookieParserParameters: moved('middlewares.cookieParser'),
      queryParserOptions: moved('middlewares.queryParser'),
      compressionOptions: moved('middlewares.compression'),
      'authentication.requestRateLimitOptions': {
        instead: 'authentication.rateLimit',
        why: 'the documentation still names it, but only authentication.rateLimit is read',
      },
      'middlewares.disable': {
        instead: 'middlewares.<name>: false',
        why: 'Arkos 1.4 disables each middleware by its own key',
      },
      'middlewares.replace': {
        instead: 'middlewares.<name>',
        why: 'Arkos 1.4 replaces each middleware by its own key',
      },
      'middlewares.additional': { instead: 'arkos.init({ use: [...] })', why: 'Arkos 1.4 moved it' },
      'routers.additional': { instead: 'arkos.init({ use: [...] })', why: 'Arkos 1.4 moved it' },
      'routers.disable': { instead: null, why: 'Arkos 1.4 removed it' },
      'routers.replace': { instead: null, why: 'Arkos 1.4 removed it' },
      'routers.replace.welcomeEndpoint': moved('routers.welcomeRoute'),
      'fileUpload.expressStaticOptions': moved('fileUpload.expressStatic'),
      configureApp: { instead: 'arkos.init({ configureApp })', why: 'Arkos 1.4 reads it from arkos.init' },
      configureServer: {
        instead: 'arkos.init({ configureServer })',
        why: 'Arkos 1.4 reads it from arkos.init',
      },
      use: { instead: 'arkos.init({ use: [...] })', why: 'Arkos 1.4 reads it from arkos.init' },
      'middlewares.cors.origin': {
        instead: 'middlewares.cors.allowedOrigins',
        why: 'options at this place count from 1.5.12 and 1.6.3 on; before, only allowedOrigins and options do',
      },
      'middlewares.cors.credentials': {
        instead: 'middlewares.cors.options.credentials',
        why: 'options at this place count from 1.5.12 and 1.6.3 on; before, only allowedOrigins and options do',
      },
      'middlewares.helmet': { instead: null, why: 'the documentation names it, but no release has it' },
      'fileUpload.enabled': { instead: null, why: 'this key came with Arkos 1.5.12' },
    },
  };
}
