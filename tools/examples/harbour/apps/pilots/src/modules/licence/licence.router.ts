import type { RouterConfig } from "arkos";
import { IdParamsDto, ListQueryDto } from "../../utils/validation/requests.dto.js";
import CreateLicenceDto from "./dtos/create-licence.dto.js";

/** A licence is never changed: a new one is granted, the old one withdrawn. */
export const config: RouterConfig = {
  findMany: { validation: { query: ListQueryDto } },
  findOne: { validation: { params: IdParamsDto } },
  createOne: { validation: { body: CreateLicenceDto } },
  updateOne: { disabled: true },
  deleteOne: { validation: { params: IdParamsDto } },
};
