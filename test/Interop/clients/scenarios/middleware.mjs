import { connect, create, isV2, next, request } from "../clients.mjs";
import { check, equal } from "../report.mjs";

export default async function () {
  const refused = create("/guarded", isV2 ? { query: { token: "wrong" } } : { auth: { token: "wrong" } });
  const [error] = await next(refused, isV2 ? "error" : "connect_error");
  if (isV2) {
    equal("SRV-SCN-07: the refusal's data", error, { code: 401, hint: "ask for a token" });
  } else {
    check("the refusal is an error", error instanceof Error);
    equal("the refusal's message", error.message, "not authorized");
    equal("SRV-SCN-07: the refusal's data", error.data, { code: 401, hint: "ask for a token" });
  }
  check("the socket is not connected", !refused.connected);

  if (!isV2) {
    refused.auth = { token: "secret" };
    refused.connect();
    await next(refused, "let in");
    check("SRV-SCN-07: with a better token it connects", refused.connected);
  }

  const accepted = await connect("/guarded", isV2 ? { query: { token: "secret" } } : { auth: { token: "secret" } });
  equal("the middleware's findings reach the handlers", await request(accepted, "who am i"), ["bearer of secret"]);
}
