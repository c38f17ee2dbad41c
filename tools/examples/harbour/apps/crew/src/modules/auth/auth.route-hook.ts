import { ArkosRouteHook } from "arkos";
import { z } from "zod";

const email = z.email();
const password = z.string().min(12).max(128);

const authRouteHook = ArkosRouteHook("auth")
  .login({ validation: { body: z.object({ email, password }) } })
  .signup({ disabled: true })
  .logout({ authentication: true })
  .getMe({ authentication: true })
  .updateMe({
    authentication: true,
    validation: { body: z.object({ name: z.string().min(1).max(120) }) },
  })
  .updatePassword({
    authentication: true,
    validation: { body: z.object({ currentPassword: password, newPassword: password }) },
  });

export default authRouteHook;
