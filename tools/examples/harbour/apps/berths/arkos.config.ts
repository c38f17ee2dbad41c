import { sharedConfig } from "@harbour/arkos-base";
import { defineConfig } from "arkos/config";

const config = defineConfig({
  ...sharedConfig,
  globalPrefix: "/api/v1",
  authentication: {
    mode: "static",
    login: {
      allowedUsernames: ["email"],
      sendAccessTokenThrough: "cookie-only",
    },
    rateLimit: { windowMs: 15 * 60_000, limit: 20 },
    jwt: {
      secret: process.env.JWT_SECRET,
      // seconds: one shift
      expiresIn: 8 * 60 * 60,
      cookie: { httpOnly: true, secure: true, sameSite: "strict" },
    },
  },
  middlewares: {
    ...sharedConfig.middlewares,
    cors: {
      origin: ["https://berths.port-kestrel.internal", "https://desk.port-kestrel.internal"],
      credentials: true,
    },
  },
  routers: {
    strict: "no-bulk",
    welcomeRoute: false,
  },
});

export default config;
