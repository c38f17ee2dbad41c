import { defineConfig } from "arkos/config";

if (!process.env.JWT_SECRET) {
  throw new Error("JWT_SECRET is not set");
}

export default defineConfig({
  authentication: {
    mode: "static",
    login: { allowedUsernames: ["email"], sendAccessTokenThrough: "cookie-only" },
    requestRateLimitOptions: { windowMs: 15 * 60 * 1000, limit: 5 },
    jwt: {
      secret: process.env.JWT_SECRET,
      expiresIn: "30d",
      cookie: {
        httpOnly: true,
        secure: true,
        sameSite: process.env.JWT_COOKIE_SAME_SITE,
      },
    },
  },
  middlewares: {
    cors: { origin: process.env.CORS_ORIGINS?.split(","), credentials: true },
    // customs' scanners poll every second
    rateLimit: { windowMs: 60_000, limit: 600 },
    helmet: { hsts: true },
  },
  routers: { strict: process.env.ROUTER_STRICT },
  validation: {
    resolver: "zod",
    validationOptions: { forbidNonWhitelisted: false },
  },
  swagger: { mode: "zod" },
});
