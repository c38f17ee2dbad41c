import { z } from "zod";

const LoginSchema = z.object({
  email: z.email(),
  password: z.string().min(12).max(128),
});

export default LoginSchema;
