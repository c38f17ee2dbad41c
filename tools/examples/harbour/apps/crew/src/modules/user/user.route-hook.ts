import { ArkosRouteHook } from "arkos";

/** Accounts come from the personnel office; over HTTP they can only be read. */
const userRouteHook = ArkosRouteHook("user")
  .findMany({ prismaArgs: { omit: { password: true } } })
  .findOne({ prismaArgs: { omit: { password: true } } })
  .createOne({ disabled: true })
  .updateOne({ disabled: true })
  .deleteOne({ disabled: true })
  .createMany({ disabled: true })
  .updateMany({ disabled: true })
  .deleteMany({ disabled: true });

export default userRouteHook;
