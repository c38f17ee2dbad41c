import type { RouteHook } from "arkos";

/** This service keeps no files. */
export const hook: RouteHook<"file-upload"> = { disable: true };
