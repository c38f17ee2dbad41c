import { IsEmail, IsOptional, IsString, Length, Matches } from "class-validator";

export default class LoginDto {
  @IsOptional()
  @IsEmail()
  email?: string;

  @IsOptional()
  @Matches(/^PK-\d{5}$/)
  licenceNumber?: string;

  @IsString()
  @Length(12, 128)
  password!: string;
}
