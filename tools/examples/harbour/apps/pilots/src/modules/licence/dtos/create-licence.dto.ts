import { IsDateString, IsIn, IsUUID } from "class-validator";

export default class CreateLicenceDto {
  @IsUUID()
  pilotId!: string;

  @IsIn(["A", "B", "C"])
  grade!: string;

  @IsDateString()
  validUntil!: string;
}
