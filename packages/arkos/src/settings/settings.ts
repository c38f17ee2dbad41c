/** One configuration, as one release reads it in one mode → every setting the rules ask about. */
import { known } from '@bulwark/model';
import type {
  AuthenticationSettings,
  FileUploadSettings,
  RouterSettings,
  Setting,
  Settings,
  SwaggerSettings,
} from '@bulwark/model';
import { isFalsy, mapKnown } from '../values.ts';
import { corsSetting } from './cors.ts';
import { jwtSettings } from './jwt.ts';
import { rateLimitSetting } from './rate-limits.ts';
import { setting, settingWithDefault } from './reading.ts';
import type { Reading } from './reading.ts';
import { validationSettings } from './validation.ts';

export function readSettings(reading: Reading): Settings {
  const { behaviour } = reading;
  return {
    cors: corsSetting(reading),
    globalRateLimit: rateLimitSetting(reading, behaviour.globalRateLimit),
    authRateLimit: behaviour.authRateLimit && rateLimitSetting(reading, behaviour.authRateLimit),
    authentication: authenticationSettings(reading),
    jwt: jwtSettings(reading),
    validation: validationSettings(reading),
    routers: routerSettings(reading),
    swagger: swaggerSettings(reading),
    fileUpload: fileUploadSettings(reading),
    dangerousQueryOptions: settingWithDefault(
      reading,
      'request.parameters.allowDangerousPrismaQueryOptions',
      false,
    ),
    globalPrefix: settingWithDefault(reading, 'globalPrefix', '/api'),
    entryPoint: settingWithDefault(reading, 'source.entryPoint', 'src/app'),
  };
}

function authenticationSettings(reading: Reading): AuthenticationSettings {
  return {
    mode: setting(reading, 'authentication.mode', (written) => written),
    enabled: settingWithDefault(reading, 'authentication.enabled', true),
    sendAccessTokenThrough: setting(reading, 'authentication.login.sendAccessTokenThrough', (written) =>
      mapKnown(written, (leaf) => (isFalsy(leaf) ? known('both', reading.byDefault) : leaf)),
    ),
  };
}

function routerSettings(reading: Reading): RouterSettings {
  const { strict, defaults, keys } = reading.behaviour;
  const byDefault = (defaults as { routers?: { strict?: boolean | string } }).routers?.strict ?? false;
  return {
    strict: strict === 'none' ? null : settingWithDefault(reading, 'routers.strict', byDefault),
    strictIsRead: strict === 'read',
    welcomeRoute: ifRead(keys, 'routers.welcomeRoute', () =>
      settingWithDefault(reading, 'routers.welcomeRoute', true),
    ),
  };
}

function swaggerSettings(reading: Reading): SwaggerSettings {
  const { defaults } = reading.behaviour;
  const { swagger } = defaults as {
    swagger?: { enableAfterBuild?: boolean; authenticate?: boolean; endpoint?: string };
  };
  return {
    mode: setting(reading, 'swagger.mode', (written) => written),
    enableAfterBuild: swagger
      ? settingWithDefault(reading, 'swagger.enableAfterBuild', swagger.enableAfterBuild ?? false)
      : null,
    authenticate:
      swagger?.authenticate === undefined
        ? null
        : settingWithDefault(reading, 'swagger.authenticate', reading.command === 'start'),
    endpoint: settingWithDefault(reading, 'swagger.endpoint', swagger?.endpoint ?? '/api/api-docs'),
  };
}

/** FACTS §3.16: `true` disables the uploads and `false` leaves them on, where the key is read at all. */
function fileUploadSettings(reading: Reading): FileUploadSettings {
  const isInverted = reading.behaviour.fileUploadEnabled === 'inverted';
  return {
    enabled: setting(reading, 'fileUpload.enabled', (written) => {
      const on = known(true, reading.byDefault);
      if (!isInverted) return on;
      return mapKnown(written, (leaf) => (leaf.kind === 'absent' ? on : known(isFalsy(leaf), leaf.from)));
    }),
    isInverted,
    baseRoute: settingWithDefault(reading, 'fileUpload.baseRoute', '/api/uploads'),
  };
}

function ifRead(keys: readonly string[], key: string, read: () => Setting): Setting | null {
  return keys.includes(key) ? read() : null;
}
