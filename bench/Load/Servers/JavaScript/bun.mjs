import { Server as Engine } from "@socket.io/bun-engine";
import { Server } from "socket.io";
import { attach, pingInterval, port } from "./app.mjs";

// bun bun.mjs <port> [<seconds between pings>]
const longestIdleTimeout = 255; // seconds; Bun takes no more
const io = new Server();
const engine = new Engine({ path: "/socket.io/", pingInterval });
io.bind(engine);
attach(io);

const handler = engine.handler();
Bun.serve({
  ...handler,
  hostname: "127.0.0.1",
  port,
  idleTimeout: Math.min(handler.idleTimeout, longestIdleTimeout),
  fetch(request, server) {
    if (!request.url.endsWith("/collect")) return handler.fetch(request, server);
    Bun.gc(true);
    return new Response();
  },
});
console.log("listening");
