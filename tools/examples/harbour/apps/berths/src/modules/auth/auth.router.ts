import type { RouteHook } from "arkos";
import LoginSchema from "./schemas/login.schema.js";
import UpdatePasswordSchema from "./schemas/update-password.schema.js";

export const hook: RouteHook<"auth"> = {
  login: { authentication: false, validation: { body: LoginSchema } },
  logout: { validation: {} },
  getMe: { validation: {} },
  updatePassword: { validation: { body: UpdatePasswordSchema } },
  signup: { disabled: true },
  updateMe: { disabled: true },
  deleteMe: { disabled: true },
  findManyAuthAction: { disabled: true },
  findOneAuthAction: { disabled: true },
};
