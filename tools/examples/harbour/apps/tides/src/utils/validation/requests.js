import { z } from "zod";

/** The `:id` of one record. */
export const IdParams = z.object({ id: z.uuid() });

/** A stretch of time at one gauge. */
export const ReadingsQuery = z.object({
  gauge: z.string().max(20).optional(),
  page: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
