// The official Engine.IO server as a bouncer: it says "hi" and returns what it gets. { port, server: its own options, tls, log, greet, cookies }.
// A request with "deny" in its query is refused.
import { Server } from "engine.io";
import { options, report, serve } from "./control.mjs";
import { createServer } from "./http.mjs";

const path = options.path ?? "/engine.io/";
const engine = new Server({ allowRequest: (request, allow) => allow(null, !("deny" in request._query)), ...options.server });
const http = createServer();
engine.attach(http, { path, destroyUpgrade: false });

engine.on("initial_headers", (headers) => {
  if (options.cookies) headers["set-cookie"] = options.cookies;
});
engine.on("connection_error", ({ code, message }) => report("connection_error", { code, message }));
engine.on("connection", (socket) => {
  const { id } = socket;
  report("connection", { id, transport: socket.transport.name, protocol: socket.protocol });
  socket.on("upgrade", () => report("upgrade", { id }));
  socket.on("close", (reason) => report("close", { id, reason }));
  socket.on("message", (data) => {
    if (data === "give utf8") socket.send("пойду спать всем спокойной ночи");
    else if (data === "give binary") socket.send(Buffer.from([0, 1, 2, 3, 4]));
    else if (data === "close") socket.close();
    else if (data === "close at once") socket.close(true);
    else if (data === "headers") socket.send(JSON.stringify(socket.request.headers));
    else socket.send(data);
  });
  if (options.greet ?? true) socket.send("hi");
});

const socketOf = (id) => engine.clients[id];
await serve(http, {
  send: (id, ...messages) => messages.forEach((message) => socketOf(id).send(message)),
  sendBinary: (id, hex) => void socketOf(id).send(Buffer.from(hex, "hex")),
  close: (id, discard) => void socketOf(id).close(discard),
  closeAll: () => void engine.close(),
  clients: () => Object.keys(engine.clients),
  forget: (id) => void delete engine.clients[id],
});
