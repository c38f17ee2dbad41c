import { z } from "zod";

const UpdateBerthSchema = z.object({
  depth: z.number().positive().optional(),
  shipName: z.string().max(80).nullable().optional(),
  departsAt: z.iso.datetime().nullable().optional(),
});

export default UpdateBerthSchema;
