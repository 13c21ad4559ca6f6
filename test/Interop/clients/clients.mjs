// The official clients, 4.x and 2.x, behind the few functions that the scenarios need.
import { Agent } from "node:http";
import { connect as netConnect } from "node:net";
import { io as io4 } from "socket.io-client";
import io2 from "socket.io-client-v2";
import msgpack from "socket.io-msgpack-parser";
import { settings, within } from "./report.mjs";

export const isV2 = settings.client === 2;
export const isMessagePack = settings.parser === "msgpack";
export const transport = settings.transports; // "polling", "websocket" or "upgrade"
export const finalTransport = transport === "polling" ? "polling" : "websocket";

const transportOptions = {
  polling: { transports: ["polling"] },
  websocket: { transports: ["websocket"] },
  upgrade: { transports: ["polling", "websocket"] },
}[transport];

const parserOptions = isMessagePack ? { parser: msgpack } : {};

const sockets = new Set();

/** Options that hold back the upgrade until the promise resolves. */
export function upgradeAfter(promise) {
  const agent = new Agent();
  agent.createConnection = (target, opened) => {
    promise.then(() => opened(null, netConnect(target)));
  };
  return { transportOptions: { websocket: { agent } } };
}

/** A client that does not reconnect by itself and shares its connection with nobody, unless options say otherwise. */
export function create(namespace = "/", options = {}) {
  const all = { ...transportOptions, ...parserOptions, reconnection: false, forceNew: true, ...options };
  const socket = isV2 ? io2(settings.url + namespace, all) : io4(settings.url + namespace, all);
  sockets.add(socket);
  return socket;
}

/** A second namespace over the connection of a socket. */
export function share(socket, namespace, options = {}) {
  const other = socket.io.socket(namespace, options);
  sockets.add(other);
  return other;
}

/** A connected client; in an upgrade, one that has been upgraded. */
export async function connect(namespace = "/", options = {}) {
  const socket = create(namespace, options);
  await connected(socket);
  await upgraded(socket);
  return socket;
}

export async function connected(socket) {
  if (socket.connected) return;
  await within(new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
    if (isV2) socket.once("error", reject);
  }), "a connection");
}

export async function upgraded(socket) {
  const { engine } = socket.io;
  if (engine.transport.name === finalTransport) return;
  await within(new Promise((resolve) => engine.once("upgrade", resolve)), "an upgrade");
}

/** The arguments of the next event of this name. */
export const next = (socket, event) =>
  within(new Promise((resolve) => socket.once(event, (...args) => resolve(args))), `the event ${event}`);

/** Emits and resolves with the arguments of the acknowledgement. */
export const request = (socket, event, ...args) =>
  within(new Promise((resolve) => socket.emit(event, ...args, (...answer) => resolve(answer))), `the acknowledgement of ${event}`, 20_000);

/** What has come of an event so far, growing. */
export function collect(socket, event) {
  const received = [];
  socket.on(event, (...args) => received.push(args));
  return received;
}

/** Why the server saw a socket go; told over a connection of its own. */
export async function reasonOnServer(id) {
  const observer = io4(`${settings.url}/observe`, { ...parserOptions, transports: ["websocket"], forceNew: true });
  sockets.add(observer);
  const [reason] = await request(observer, "reason of", id);
  observer.disconnect();
  return reason;
}

/** Leaves nothing behind on the server: over polling, a farewell is a request that must get through. */
export async function disconnectAll() {
  const closing = [];
  for (const socket of sockets) {
    const { engine } = socket.io;
    if (engine && engine.readyState !== "closed") closing.push(new Promise((resolve) => engine.once("close", resolve)));
    socket.io.reconnection?.(false);
    socket.disconnect();
  }
  await within(Promise.all(closing), "all connections to close");
}
