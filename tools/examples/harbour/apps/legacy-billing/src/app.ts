import "reflect-metadata";
import arkos from "arkos";

arkos.init();
