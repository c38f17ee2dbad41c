import { defineConfig } from "arkos/config";
import prisma from "./src/utils/prisma/index.js";

export default defineConfig({
  prisma: { instance: prisma },
  authentication: {
    mode: "static",
    login: { allowedUsernames: ["email"], sendAccessTokenThrough: "cookie-only" },
    rateLimit: { windowMs: 15 * 60_000, limit: 20 },
    jwt: {
      secret: process.env.JWT_SECRET,
      expiresIn: "12h",
      cookie: { httpOnly: true, secure: true, sameSite: "strict" },
    },
  },
  middlewares: {
    cors: { origin: ["https://crew.port-kestrel.internal"], credentials: true },
    rateLimit: { windowMs: 60_000, limit: 120 },
  },
  routers: { strict: "no-bulk" },
  validation: { resolver: "zod" },
  swagger: { mode: "zod", enableAfterBuild: false },
});
