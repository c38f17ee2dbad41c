import { ArkosPolicy } from "arkos";
import type { RouteHook } from "arkos";
import { z } from "zod";

const tollPassPolicy = ArkosPolicy("toll-pass")
  .rule("View", { roles: ["Warden", "Cashier"], name: "View passes" })
  .rule("Create", { roles: ["Cashier"], name: "Sell a pass" });

const CreateTollPassSchema = z.object({
  shipName: z.string().min(1).max(80),
  calls: z.number().int().positive(),
});

export const hook: RouteHook = {
  findMany: { disabled: false, authentication: tollPassPolicy.View },
  findOne: { disabled: false, authentication: tollPassPolicy.View },
  createOne: {
    disabled: false,
    authentication: tollPassPolicy.Create,
    validation: { body: CreateTollPassSchema },
  },
};
