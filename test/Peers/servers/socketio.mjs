// The official Socket.IO server: { version: 4 | 2, port, server: its own options, msgpack, tls, log, sticky, delay: milliseconds before a session is let in }.
import { Server } from "socket.io";
import createServer2 from "socket.io-2";
import msgpack from "socket.io-msgpack-parser";
import { attach, commands } from "./application.mjs";
import { options, serve } from "./control.mjs";
import { createServer, refuseWithoutCookie } from "./http.mjs";

const { version = 4, delay } = options;
const settings = {
  ...options.server,
  ...(options.msgpack && { parser: msgpack }),
  ...(delay && { allowRequest: (_, allow) => setTimeout(() => allow(null, true), delay) }),
};
const http = createServer();
const io = version === 2 ? createServer2(http, settings) : new Server(http, settings);
attach(io);
if (options.sticky) refuseWithoutCookie(io.engine);
await serve(http, commands(io));
