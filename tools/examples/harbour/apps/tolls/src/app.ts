import arkos from "arkos";

const app = arkos();

app.set("trust proxy", 1);

app.listen();
