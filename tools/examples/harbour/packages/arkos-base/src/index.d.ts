import type { ArkosConfig } from "arkos";

export declare const sharedConfig: Required<Pick<ArkosConfig, "middlewares" | "validation" | "swagger">>;

export declare function staffAuthentication(options?: {
  expiresIn?: `${number}${"m" | "h"}`;
}): NonNullable<ArkosConfig["authentication"]>;
