import { ArkosPolicy } from "arkos";
import type { RouteHook } from "arkos";
import { IdParams, ListQuery } from "../../utils/validation/requests.js";

const userPolicy = ArkosPolicy("user").rule("View", {
  roles: ["HarbourMaster"],
  name: "View users",
  description: "See who may sign in",
});

/** Accounts are written by the directory service's nightly import, never over HTTP. */
export const hook: RouteHook = {
  findMany: { authentication: userPolicy.View, validation: { query: ListQuery } },
  findOne: { authentication: userPolicy.View, validation: { params: IdParams } },
  createOne: { disabled: true },
  updateOne: { disabled: true },
  deleteOne: { disabled: true },
};
