import arkos from "arkos";
import loadables from "./loadables.js";

const app = arkos();

app.set("trust proxy", 1);
app.load(...loadables);

app.listen();
