import { z } from "zod";

const CreateTideReadingSchema = z.object({
  gauge: z.string().min(1).max(20),
  level: z.number().min(-5).max(20),
  measuredAt: z.iso.datetime(),
});

export default CreateTideReadingSchema;
