import { defineConfig } from "arkos/config";
import type { ErrorRequestHandler } from "express";

const isProduction = process.env.NODE_ENV === "production";

/** One line per failed request, in the form the operations desk reads. */
const reportToOperations: ErrorRequestHandler = (error, req, _res, next) => {
  console.error(JSON.stringify({ service: "tolls", path: req.path, message: String(error) }));
  next(error);
};

const config = defineConfig({
  authentication: {
    mode: "static",
    login: {
      allowedUsernames: ["email"],
      // The wardens' handhelds keep no cookies.
      sendAccessTokenThrough: isProduction ? "both" : "cookie-only",
    },
    rateLimit: { windowMs: 15 * 60 * 1000, max: 20 },
    jwt: {
      expiresIn: "12h",
      cookie: {
        httpOnly: true,
        secure: process.env.JWT_COOKIE_SECURE === "true",
        sameSite: "lax",
      },
    },
  },
  middlewares: {
    cors: {
      origin: isProduction ? ["https://tolls.port-kestrel.internal"] : true,
      credentials: true,
    },
    rateLimit: { windowMs: 60_000, max: 100 },
    errorHandler: reportToOperations,
  },
  routers: {
    strict: process.env.NODE_ENV === "production" ? true : "no-bulk",
  },
  validation: {
    resolver: "zod",
  },
  swagger: {
    mode: "zod",
    enableAfterBuild: false,
  },
});

export default config;
