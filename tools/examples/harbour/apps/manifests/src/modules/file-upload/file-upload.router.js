/** @type {import("arkos").RouteHook<"file-upload">} */
export const hook = {
  uploadFile: { disabled: false, authentication: true },
};
