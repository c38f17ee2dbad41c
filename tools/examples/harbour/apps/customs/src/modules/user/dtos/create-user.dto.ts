import { IsEmail, IsIn, IsString, Length } from "class-validator";

export default class CreateUserDto {
  @IsEmail()
  email!: string;

  @IsString()
  @Length(12, 128)
  password!: string;

  @IsString()
  @Length(1, 120)
  name!: string;

  @IsIn(["Broker", "Officer"])
  role!: string;
}
