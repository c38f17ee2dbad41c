import { sharedConfig, staffAuthentication } from "@harbour/arkos-base";
import { defineConfig } from "arkos/config";

export default defineConfig({
  ...sharedConfig,
  authentication: staffAuthentication({ expiresIn: "4h" }),
  middlewares: {
    ...sharedConfig.middlewares,
    cors: { origin: ["https://tides.port-kestrel.internal"] },
  },
  routers: { strict: true },
});
