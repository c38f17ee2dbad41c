import { z } from "zod";

/** The `:id` of one record. */
export const IdParams = z.object({ id: z.uuid() });

/** Paging and order of a list. */
export const ListQuery = z.object({
  page: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  sort: z.string().max(60).optional(),
});

/** The size of the ship that asks for a berth, in metres. */
export const AvailabilityQuery = z.object({
  length: z.coerce.number().positive(),
  draught: z.coerce.number().positive(),
});
