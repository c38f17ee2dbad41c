import type { RouteHook } from "arkos";

export const hook: RouteHook<"file-upload"> = {
  findFile: { disabled: false },
  uploadFile: { disabled: false },
};
