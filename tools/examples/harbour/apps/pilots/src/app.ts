import "reflect-metadata";
import arkos from "arkos";

arkos.init({
  configureApp: (app) => {
    app.set("trust proxy", 1);
  },
});
