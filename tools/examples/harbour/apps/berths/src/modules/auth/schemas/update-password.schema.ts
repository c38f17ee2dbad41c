import { z } from "zod";

const UpdatePasswordSchema = z.object({
  currentPassword: z.string().min(12).max(128),
  newPassword: z.string().min(12).max(128),
});

export default UpdatePasswordSchema;
