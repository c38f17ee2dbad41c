import { ArkosPolicy } from "arkos";

const berthPolicy = ArkosPolicy("berth")
  .rule("View", { roles: ["HarbourMaster", "Planner", "Watch"], name: "View berths" })
  .rule("Create", { roles: ["HarbourMaster"], name: "Add a berth" })
  .rule("Update", { roles: ["HarbourMaster", "Planner"], name: "Assign a berth" })
  .rule("Delete", { roles: ["HarbourMaster"], name: "Remove a berth" });

export default berthPolicy;
