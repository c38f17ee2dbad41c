import type { AuthConfigs } from "arkos/auth";

const declarationAuth: AuthConfigs = {
  authenticationControl: { View: true, Create: true, Update: true, Delete: true },
  accessControl: {
    View: ["Broker", "Officer"],
    Create: ["Broker"],
    Update: ["Officer"],
    Delete: [],
  },
};

export default declarationAuth;
