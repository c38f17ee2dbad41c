import "reflect-metadata";
import arkos from "arkos";

arkos.init({
  welcomeMessage: "Port Kestrel customs",
  cors: {
    allowedOrigins: ["https://customs.port-kestrel.internal", "https://brokers.port-kestrel.internal"],
  },
  globalRequestRateLimitOptions: { windowMs: 60 * 1000, limit: 150 },
  authentication: {
    mode: "static",
    login: {
      allowedUsernames: ["email"],
      sendAccessTokenThrough: "cookie-only",
    },
    requestRateLimitOptions: { windowMs: 15 * 60 * 1000, limit: 15 },
    jwt: {
      secret: process.env.JWT_SECRET,
      expiresIn: "8h",
      cookie: { httpOnly: true, secure: true, sameSite: "strict" },
    },
  },
  validation: {
    resolver: "class-validator",
    validationOptions: { whitelist: true, forbidNonWhitelisted: true },
  },
  routers: {
    strict: "no-bulk",
    disable: ["file-upload", "welcome-endpoint"],
  },
  swagger: {
    mode: "class-validator",
    enableAfterBuild: false,
  },
});
