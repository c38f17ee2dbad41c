import type { ArkosNextFunction, ArkosRequest, ArkosResponse } from "arkos";

/** A broker declares in their own name, whatever the body says. */
export const beforeCreateOne = async (req: ArkosRequest, _res: ArkosResponse, next: ArkosNextFunction) => {
  req.body.brokerId = req.user?.id;
  next();
};
