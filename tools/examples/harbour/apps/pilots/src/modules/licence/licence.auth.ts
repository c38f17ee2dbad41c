import type { AuthConfigs } from "arkos/auth";

const licenceAuth: AuthConfigs = {
  authenticationControl: { View: true, Create: true, Delete: true },
  accessControl: {
    View: { roles: ["Examiner", "Pilot"], name: "View licences" },
    Create: { roles: ["Examiner"], name: "Grant a licence" },
    Delete: { roles: ["Examiner"], name: "Withdraw a licence" },
  },
};

export default licenceAuth;
