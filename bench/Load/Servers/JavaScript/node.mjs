import { createServer } from "node:http";
import { Server } from "socket.io";
import { attach, pingInterval, port } from "./app.mjs";

// node --expose-gc node.mjs <port> [<seconds between pings>]
const http = createServer((request, response) => {
  if (request.url === "/collect") globalThis.gc();
  response.end();
});
attach(new Server(http, { pingInterval }));
http.listen(port, "127.0.0.1", () => console.log("listening"));
