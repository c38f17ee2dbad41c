import { z } from "zod";

const ProfileSchema = z.object({
  name: z.string().min(1).max(120),
});

/** @type {import("arkos").RouteHook<"auth">} */
export const hook = {
  disable: false,
  udpateMe: { validation: { body: ProfileSchema } },
};
