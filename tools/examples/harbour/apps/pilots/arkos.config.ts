import type { ArkosConfig } from "arkos";

const MINUTE = 60 * 1000;

const arkosConfig: ArkosConfig = {
  welcomeMessage: "Port Kestrel pilot register",
  authentication: {
    mode: "static",
    login: {
      allowedUsernames: ["email", "licenceNumber"],
      sendAccessTokenThrough: "cookie-only",
    },
    rateLimit: { windowMs: 10 * MINUTE, limit: 10 },
    jwt: {
      expiresIn: "1d",
      cookie: {
        httpOnly: true,
        secure: true,
        sameSite: "lax",
      },
    },
  },
  middlewares: {
    cors: {
      origin:
        process.env.NODE_ENV === "production"
          ? ["https://pilots.port-kestrel.internal"]
          : ["http://localhost:5173"],
      credentials: true,
    },
    rateLimit: { windowMs: MINUTE, limit: 100 },
  },
  routers: {
    strict: "no-bulk",
  },
  validation: {
    resolver: "class-validator",
    strict: true,
    validationOptions: {
      whitelist: true,
      forbidNonWhitelisted: true,
    },
  },
  swagger: {
    mode: "class-validator",
    enableAfterBuild: false,
  },
};

export default arkosConfig;
