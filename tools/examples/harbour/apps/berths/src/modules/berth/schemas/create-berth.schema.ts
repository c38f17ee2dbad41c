import { z } from "zod";

const CreateBerthSchema = z.object({
  name: z.string().min(1).max(40),
  quay: z.string().min(1).max(40),
  length: z.number().positive(),
  depth: z.number().positive(),
});

export default CreateBerthSchema;
