import type { ArkosConfig } from "arkos";

const arkosConfig = {
  welcomeMessage: "Billing",
  globalRequestRateLimitOptions: { windowMs: 60 * 1000, limit: 200 },
  request: {
    parameters: { allowDangerousPrismaQueryOptions: true },
  },
  authentication: {
    mode: "static",
    login: { allowedUsernames: ["email"] },
    requestRateLimitOptions: { windowMs: 15 * 60 * 1000, limit: 20 },
    jwt: {
      secret: process.env.JWT_SECRET || "change-me",
      expiresIn: "90d",
      // the invoice viewer reads it, over plain http on the inside
      cookie: { httpOnly: false, secure: false, sameSite: "none" },
    },
  },
  middlewares: {
    cors: { allowedOrigins: "*" },
  },
  routers: { strict: false },
  validation: { resolver: "class-validator" },
  swagger: { mode: "class-validator", enableAfterBuild: true },
} as ArkosConfig;

export default arkosConfig;
