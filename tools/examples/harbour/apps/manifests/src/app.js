import arkos from "arkos";

const app = arkos();

app.listen();
