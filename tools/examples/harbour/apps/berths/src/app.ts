import arkos from "arkos";
import router from "./router.js";

const app = arkos();

app.set("trust proxy", 1);
app.use(router);

app.listen();
