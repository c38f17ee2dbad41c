import type { RouteHook } from "arkos";

export const hook: RouteHook<"auth"> = {
  login: { disabled: false },
  logout: { disabled: false },
  getMe: { disabled: false },
  updateMe: { disabled: false },
  signup: { disabled: true },
  deleteMe: { disabled: true },
};
