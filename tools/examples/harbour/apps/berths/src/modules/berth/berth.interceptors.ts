import type { ArkosNextFunction, ArkosRequest, ArkosResponse } from "arkos";

/** A ship that leaves takes its departure time with it. */
export const beforeUpdateOne = [
  async (req: ArkosRequest, _res: ArkosResponse, next: ArkosNextFunction) => {
    if (req.body.shipName === null) req.body.departsAt = null;
    next();
  },
];
