import { IsIn, IsOptional, IsString, Length } from "class-validator";

export default class UpdateDeclarationDto {
  @IsIn(["Released", "Held"])
  state!: string;

  @IsOptional()
  @IsString()
  @Length(1, 400)
  remark?: string;
}
