import type { AuthConfigs } from "arkos/auth";

const userAuth: AuthConfigs = {
  authenticationControl: { View: true, Create: true, Update: true, Delete: true },
  accessControl: {
    View: ["Officer"],
    Create: ["Officer"],
    Update: [],
    Delete: ["Officer"],
  },
};

export default userAuth;
