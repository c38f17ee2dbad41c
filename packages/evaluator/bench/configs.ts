/** A thousand typical configurations with their imports: what an app of a monorepo has. */
export function typicalConfigs(count: number): Record<string, string> {
  const files: Record<string, string> = {
    'package.json': '{ "workspaces": ["apps/*", "packages/*"] }',
    'packages/base/package.json': '{ "name": "@org/base", "exports": "./src/index.ts" }',
    'packages/base/src/index.ts': BASE,
    'packages/base/src/env.ts': ENV,
  };
  for (let index = 0; index < count; index += 1) {
    files[`apps/app-${index}/package.json`] =
      `{ "name": "app-${index}", "type": "module", "dependencies": { "arkos": "1.6.7" } }`;
    files[`apps/app-${index}/tsconfig.json`] = '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }';
    files[`apps/app-${index}/arkos.config.ts`] = config(index);
    files[`apps/app-${index}/config/limits.ts`] = limits(index);
  }
  return files;
}

const BASE = `import { isProduction } from './env.js';
export const jwt = { expiresIn: isProduction ? '15m' : '30d', cookie: { httpOnly: true, secure: isProduction } };
export const cors = (origins: string[]) => ({ origin: isProduction ? origins : '*', credentials: true });
export { list } from './env.js';
export default { globalPrefix: '/api', jwt };
`;

const ENV = `export const isProduction = process.env.NODE_ENV === 'production';
export const list = (value: string | undefined, fallback: string[]) =>
  value?.split(',').map((part) => part.trim()).filter(Boolean) ?? fallback;
`;

function limits(index: number): string {
  return `const MINUTE = 60_000;
export const rateLimit = { windowMs: 15 * MINUTE, limit: ${100 + (index % 7)} };
export function login(limit = 5) {
  return { windowMs: MINUTE * ${1 + (index % 3)}, limit };
}
`;
}

function config(index: number): string {
  return `import { defineConfig } from 'arkos/config';
import base, { cors } from '@org/base';
import { list } from '@org/base';
import { rateLimit, login } from '@/config/limits';

const origins = list(process.env.ORIGINS_${index % 10}, ['https://app-${index}.example.com']);

const config = defineConfig({
  ...base,
  authentication: {
    mode: 'static',
    rateLimit: login(${3 + (index % 5)}),
    login: { allowedUsernames: { username: {}, email: {} } },
    jwt: {
      ...base.jwt,
      secret: process.env.JWT_SECRET!,
      cookie: { ...base.jwt.cookie, sameSite: 'lax', domain: process.env.COOKIE_DOMAIN },
    },
  },
  routers: { strict: process.env.NODE_ENV === 'production' ? 'no-bulk' : false },
  validation: {
    resolver: 'zod',
    validationOptions: { whitelist: true, forbidNonWhitelisted: true },
  },
  middlewares: {
    rateLimit,
    cors: cors(origins),
    expressJson: { limit: '2mb' },
    ...(process.env.DISABLE_COMPRESSION && { compression: false }),
  },
  fileUpload: { baseUploadDir: './uploads', baseRoute: '/api/uploads', restrictions: { images: { maxCount: 10 } } },
  swagger: {
    mode: 'zod',
    enableAfterBuild: process.env.SWAGGER === 'true',
    options: { definition: { openapi: '3.0.0', info: { title: \`App ${index}\`, version: '1.0.0' } } },
  },
  port: Number(process.env.PORT ?? ${3000 + index}),
});

export default config;
`;
}
