/** Plain JavaScript, so that a built service can import it without a build step of its own. */
const MINUTE = 60 * 1000;

/** Settings every service starts from. Spread it, then add what is the service's own. */
export const sharedConfig = {
  middlewares: {
    rateLimit: { windowMs: MINUTE, limit: 120 },
  },
  validation: {
    resolver: "zod",
    strict: true,
    validationOptions: { forbidNonWhitelisted: true },
  },
  swagger: {
    mode: "zod",
    enableAfterBuild: false,
  },
};

/** Sign-in for the authority's own staff: by email, token in a cookie that scripts cannot read. */
export function staffAuthentication({ expiresIn = "8h" } = {}) {
  return {
    mode: "static",
    login: {
      allowedUsernames: ["email"],
      sendAccessTokenThrough: "cookie-only",
    },
    rateLimit: { windowMs: 15 * MINUTE, limit: 20 },
    jwt: {
      secret: process.env.JWT_SECRET,
      expiresIn,
      cookie: { httpOnly: true, secure: true, sameSite: "strict" },
    },
  };
}
