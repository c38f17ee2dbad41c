import { IsPositive, IsString, IsUUID, Length, Matches } from "class-validator";

export default class CreateDeclarationDto {
  @IsUUID()
  brokerId!: string;

  /** Combined Nomenclature: eight digits. */
  @Matches(/^\d{8}$/)
  commodityCode!: string;

  @IsString()
  @Length(1, 400)
  description!: string;

  @IsPositive()
  grossMass!: number;
}
