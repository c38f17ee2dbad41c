import { z } from "zod";

const UpdateMeSchema = z.object({
  name: z.string().min(1).max(120),
});

export default UpdateMeSchema;
