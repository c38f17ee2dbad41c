import LoginSchema from "./schemas/login.schema.js";

/** @type {import("arkos").RouteHook<"auth">} */
export const hook = {
  login: { disabled: false, authentication: false, validation: { body: LoginSchema } },
  logout: { disabled: false, validation: {} },
  getMe: { disabled: false, validation: {} },
  findOneAuthAction: { disabled: true },
};
