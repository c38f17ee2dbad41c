import { ArkosPolicy, ArkosRouteHook } from "arkos";
import { z } from "zod";

const shiftPolicy = ArkosPolicy("shift")
  .rule("View", { roles: ["Crew", "Dispatcher"], name: "View shifts" })
  .rule("Create", { roles: ["Dispatcher"], name: "Plan a shift" })
  .rule("Update", { roles: ["Dispatcher"], name: "Change a shift" })
  .rule("Delete", { roles: ["Dispatcher"], name: "Cancel a shift" });

const ShiftSchema = z.object({
  vessel: z.string().min(1).max(40),
  beginsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});

const shiftRouteHook = ArkosRouteHook("shift")
  .findMany({ authentication: shiftPolicy.View })
  .findOne({ authentication: shiftPolicy.View })
  .createOne({ authentication: shiftPolicy.Create, validation: { body: ShiftSchema } })
  .updateOne({ authentication: shiftPolicy.Update, validation: { body: ShiftSchema.partial() } })
  .deleteOne({ authentication: shiftPolicy.Delete });

export default shiftRouteHook;
