import type { RouterConfig } from "arkos";

/** Certificates are handed in on paper. */
export const config: RouterConfig<"file-upload"> = { disable: true };
