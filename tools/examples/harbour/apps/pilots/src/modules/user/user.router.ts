import type { RouterConfig } from "arkos";

/** Pilots are reached through their licences; nothing about accounts is served. */
export const config: RouterConfig = { disable: true };
