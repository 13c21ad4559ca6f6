import { create, next } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  for (const namespace of ["/", "/news", "/dynamic-1"]) {
    const [error] = await next(create(namespace), "connect_error");
    equal(`${namespace} is guarded`, error.message, "who are you?");
    equal(`${namespace} lets in`, await next(create(namespace, { auth: { name: "Ada" } }), "welcome"), ["Ada"]);
  }
}
