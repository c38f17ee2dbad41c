import type { RouterConfig } from "arkos";

/** Officers make the accounts; passwords are renewed at the counter. */
export const config: RouterConfig<"auth"> = {
  disable: {
    signup: true,
    updateMe: true,
    deleteMe: true,
    updatePassword: true,
    findManyAuthAction: true,
  },
};
