import { IsEmail, IsString, Length } from "class-validator";

export default class SignupDto {
  @IsEmail()
  email!: string;

  @IsString()
  @Length(12, 128)
  password!: string;

  @IsString()
  @Length(1, 120)
  name!: string;
}
