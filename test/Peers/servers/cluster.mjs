// An official server of a cluster: { adapter: "classic" | "sharded" | "streams", settings: the adapter's options, server: the server's, namespaces }, and those of redis.mjs.
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { Emitter } from "@socket.io/redis-emitter";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";
import { Server } from "socket.io";
import { io as connectTo } from "socket.io-client";
import { options, report, serve } from "./control.mjs";
import { connect, send, untilBusy } from "./redis.mjs";
import { revive, show } from "./values.mjs";

const { adapter, settings = {} } = options;
const redis = await connect();
const subscriber = adapter === "streams" ? undefined : await connect();
const makers = { classic: createAdapter, sharded: createShardedAdapter };
const http = createServer();
const io = new Server(http, {
  ...options.server,
  adapter: adapter === "streams" ? createStreamsAdapter(redis, settings) : makers[adapter](redis, subscriber, settings),
});
const clients = new Map();

async function open(name) {
  const ns = io.of(name);
  ns.on("connection", (socket) => {
    report("connection", { namespace: name, id: socket.id, recovered: socket.recovered });
    socket.on("disconnect", (reason) => report("disconnect", { namespace: name, id: socket.id, reason }));
    socket.on("echo", (value, answer) => answer(value));
    // A broadcast that leaves its sender out.
    socket.on("relay", (...args) => socket.broadcast.emit(...args));
  });
  const hear = (event) => (...args) => report("server side", { namespace: name, args: show([event, ...args.filter((arg) => typeof arg !== "function")]) });
  for (const event of ["notice", "silent", "question"]) ns.on(event, hear(event));
  ns.on("question", (value, answer) => answer?.(value));
  if (adapter === "classic") await until(async () => (await ns.adapter.serverCount()) > 0);
  if (adapter === "sharded") await Promise.all([ns.adapter.channel, ns.adapter.responseChannel].map((channel) => until(async () => (await countOf(ns.adapter, channel)) > 0)));
}

/** How many servers are subscribed to a channel of the sharded adapter. */
const countOf = (adapter, channel) => Object.create(adapter, { channel: { value: channel } }).serverCount();

async function until(condition) {
  while (!(await condition())) await delay(2);
}

for (const name of options.namespaces ?? ["/"]) await open(name);
if (adapter === "streams") {
  const streams = settings.streamCount ?? 1;
  await untilBusy(redis, "xread", streams);
  await untilBusy(redis, settings.useShardedPubSub ? "ssubscribe" : "subscribe");
  // The official reader may miss what comes before its first entry.
  for (let i = 0; i < streams; i++) await send(redis, "XADD", streams === 1 ? settings.streamName ?? "socket.io" : `${settings.streamName}-${i}`, "*", "first", "entry");
}

// One step after the other, e.g. [["to", "room"], ["emit", "hello", 1]]: calls a method of what the step before gave, or reads a property.
async function walk(subject, steps) {
  for (const [name, ...args] of steps) subject = await (typeof subject[name] === "function" ? subject[name](...args) : subject[name]);
  return subject;
}

async function run(subject, steps) {
  try {
    return show(await walk(subject, revive(steps)));
  } catch (error) {
    return show({ $error: error.message, responses: error.responses });
  }
}

await serve(http, {
  open,
  run: (name, steps) => run(io.of(name), steps),
  emitter: (name, steps) => void run(new Emitter(redis, settings).of(name), steps),
  /** Joins a room, and waits for the subscription to it, which the sharded adapter does not. */
  join: async (name, id, room) => {
    const { adapter: rooms, sockets } = io.of(name);
    const isHeard = adapter !== "sharded" || settings.subscriptionMode === "static" || rooms.rooms.has(room);
    const channel = isHeard || rooms.dynamicChannel(room);
    const before = isHeard || (await countOf(rooms, channel));
    sockets.get(id).join(room);
    await until(async () => isHeard || (await countOf(rooms, channel)) > before);
  },
  setData: (name, id, data) => void Object.assign(io.of(name).sockets.get(id).data, revive(data)),
  // Official clients, of any server.
  connect: (key, url, settings) =>
    new Promise((resolve) => {
      const client = connectTo(url, { transports: ["websocket"], forceNew: true, ...settings });
      clients.set(key, client);
      client.onAny((...args) => {
        const answer = args.findLast((arg) => typeof arg === "function");
        report("received", { key, args: show(args.filter((arg) => arg !== answer)) });
        answer?.(...args.slice(1, 2));
      });
      client.on("disconnect", (reason) => report("lost", { key, reason }));
      client.on("connect", () => resolve(client.id));
    }),
  send: (key, steps) => run(clients.get(key), steps),
  move: (key, url) => {
    const { io: manager } = clients.get(key);
    manager.uri = url;
    manager.engine.close();
  },
  close: () => new Promise((resolve) => io.close(() => resolve())),
});
