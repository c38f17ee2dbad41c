/** Expressions and statements, as they shall stand in it. */
export interface ExemplaryParts {
  /** For `routers.strict`. */
  readonly strict?: string;
  /** For the allowed origins of CORS. */
  readonly origin?: string;
  /** Behind the import. */
  readonly head?: string;
}

/** Text of a configuration for Arkos 1.6 that keeps the whole guide, but for what is asked otherwise. */
export function exemplaryConfig({
  strict = "'no-bulk'",
  origin = "['https://office.harbour.example']",
  head = '',
}: ExemplaryParts = {}): string {
  return `import { defineConfig } from 'arkos/config';
${head}
export default defineConfig({
  routers: { strict: ${strict} },
  authentication: {
    mode: 'static',
    rateLimit: { windowMs: 15 * 60 * 1000, limit: 5 },
    login: { sendAccessTokenThrough: 'cookie-only' },
    jwt: {
      secret: process.env.JWT_SECRET,
      expiresIn: '1h',
      cookie: { httpOnly: true, secure: true, sameSite: 'strict' },
    },
  },
  validation: { resolver: 'zod', strict: true },
  middlewares: {
    cors: { origin: ${origin} },
    rateLimit: { windowMs: 60 * 1000, limit: 60 },
  },
  fileUpload: { enabled: true },
  swagger: { enableAfterBuild: false },
});
`;
}
