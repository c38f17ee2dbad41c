import { ArkosPolicy } from "arkos";

const manifestPolicy = ArkosPolicy("manifest").rule("View", ["Agent", "Customs"]);

/** @type {import("arkos").RouteHook} */
export const hook = {
  // everything on: the agents' import needs the lists
  disable: false,
  findMany: { authentication: manifestPolicy.View },
  findOne: { authentication: manifestPolicy.View },
  // back to the default
  createOne: { authentication: undefined },
};
