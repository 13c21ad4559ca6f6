// What is below the servers, and before them.
import { readFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { options } from "./control.mjs";

export function createServer() {
  const { tls } = options;
  return tls
    ? createHttps({
        key: readFileSync(tls.key),
        cert: readFileSync(tls.cert),
        ...(tls.clientAuthority && { ca: readFileSync(tls.clientAuthority), requestCert: true, rejectUnauthorized: true }),
      })
    : createHttp();
}

/** What a balancer with cookies does to a client that keeps none: another node is asked, which does not know the session. */
export function refuseWithoutCookie(engine) {
  engine.on("initial_headers", (headers) => (headers["set-cookie"] = ["node=a; Path=/", "gone=1; Max-Age=0"]));
  engine.use((request, response, next) => {
    if (!request._query.sid || request.headers.cookie?.includes("node=a")) return next();
    response.writeHead(400, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ code: 1, message: "Session ID unknown" }));
  });
}
