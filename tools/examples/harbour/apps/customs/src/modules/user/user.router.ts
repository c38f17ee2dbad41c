import type { RouterConfig } from "arkos";

/** An account is made once; changes go through the registry. */
export const config: RouterConfig = {
  disable: { updateOne: true },
};
