import type { RouterConfig } from "arkos";
import LoginDto from "./dtos/login.dto.js";
import SignupDto from "./dtos/signup.dto.js";
import UpdateMeDto from "./dtos/update-me.dto.js";
import UpdatePasswordDto from "./dtos/update-password.dto.js";

export const config: RouterConfig<"auth"> = {
  login: { authentication: false, validation: { body: LoginDto } },
  // Open on purpose: a pilot registers first and is examined afterwards.
  signup: {
    authentication: false,
    rateLimit: { windowMs: 60 * 60 * 1000, limit: 5 },
    validation: { body: SignupDto },
  },
  logout: { validation: {} },
  getMe: { validation: {} },
  updateMe: { validation: { body: UpdateMeDto } },
  updatePassword: { validation: { body: UpdatePasswordDto } },
  deleteMe: { disabled: true },
  findManyAuthAction: { disabled: true },
  findOneAuthAction: { disabled: true },
};
