import { ArkosRouter } from "arkos";
import type { ArkosRequest, ArkosResponse } from "arkos";
import berthPolicy from "./modules/berth/berth.policy.js";
import prisma from "./utils/prisma/index.js";
import { AvailabilityQuery } from "./utils/validation/requests.js";

const router = ArkosRouter({ prefix: "/api/v1/availability" });

router.get(
  { path: "/", authentication: berthPolicy.View, validation: { query: AvailabilityQuery } },
  async (req: ArkosRequest, res: ArkosResponse) => {
    const { length, draught } = AvailabilityQuery.parse(req.query);
    const berths = await prisma.berth.findMany({
      where: { length: { gte: length }, depth: { gt: draught }, shipName: null },
      orderBy: { length: "asc" },
    });
    res.json({ data: berths });
  },
);

export default router;
