import { ArkosRouteHook } from "arkos";
import type { ArkosLoadable } from "arkos";
import authRouteHook from "./modules/auth/auth.route-hook.js";
import shiftRouteHook from "./modules/shift/shift.route-hook.js";
import userRouteHook from "./modules/user/user.route-hook.js";

/** This service keeps no files. */
const fileUploadRouteHook = ArkosRouteHook("file-upload")
  .findFile({ disabled: true })
  .uploadFile({ disabled: true })
  .updateFile({ disabled: true })
  .deleteFile({ disabled: true });

const loadables: ArkosLoadable[] = [authRouteHook, fileUploadRouteHook, shiftRouteHook, userRouteHook];

export default loadables;
