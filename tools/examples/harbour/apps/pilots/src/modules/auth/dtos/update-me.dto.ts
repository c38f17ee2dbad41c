import { IsOptional, IsPhoneNumber, IsString, Length } from "class-validator";

export default class UpdateMeDto {
  @IsOptional()
  @IsString()
  @Length(1, 120)
  name?: string;

  @IsOptional()
  @IsPhoneNumber()
  phone?: string;
}
