import { ArkosPolicy } from "arkos";
import { IdParams, ReadingsQuery } from "../../utils/validation/requests.js";
import CreateTideReadingSchema from "./schemas/create-tide-reading.schema.js";

const tideReadingPolicy = ArkosPolicy("tide-reading")
  .rule("View", { roles: ["Reader", "Gateway"], name: "View readings" })
  .rule("Create", { roles: ["Gateway"], name: "Add a reading" });

/** @type {import("arkos").RouteHook} */
export const hook = {
  findMany: {
    disabled: false,
    authentication: tideReadingPolicy.View,
    validation: { query: ReadingsQuery },
  },
  findOne: {
    disabled: false,
    authentication: tideReadingPolicy.View,
    validation: { params: IdParams },
  },
  createOne: {
    disabled: false,
    authentication: tideReadingPolicy.Create,
    validation: { body: CreateTideReadingSchema },
  },
};
