import type { RouteHook } from "arkos";
import { IdParams, ListQuery } from "../../utils/validation/requests.js";
import berthPolicy from "./berth.policy.js";
import CreateBerthSchema from "./schemas/create-berth.schema.js";
import UpdateBerthSchema from "./schemas/update-berth.schema.js";

export const hook: RouteHook = {
  findMany: { authentication: berthPolicy.View, validation: { query: ListQuery } },
  findOne: { authentication: berthPolicy.View, validation: { params: IdParams } },
  createOne: { authentication: berthPolicy.Create, validation: { body: CreateBerthSchema } },
  updateOne: {
    authentication: berthPolicy.Update,
    validation: { params: IdParams, body: UpdateBerthSchema },
  },
  deleteOne: { authentication: berthPolicy.Delete, validation: { params: IdParams } },
};
