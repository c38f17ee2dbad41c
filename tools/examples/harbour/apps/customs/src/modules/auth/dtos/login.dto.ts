import { IsEmail, IsString, Length } from "class-validator";

export default class LoginDto {
  @IsEmail()
  email!: string;

  @IsString()
  @Length(12, 128)
  password!: string;
}
