// What every server of the client's tests does, whatever its version; Application.cs in the tests does the same with the .NET server.
import { report } from "./control.mjs";

const stored = new Map();

export function attach(io) {
  io.use((socket, next) => {
    const { query, auth } = socket.handshake;
    if (query.fail) return next(new Error("Auth failed (main namespace)"));
    if (auth?.token === "bad") return next(Object.assign(new Error("not authorized"), { data: { code: "E_TOKEN", hint: "ask for another" } }));
    next();
  });
  io.of("/no").use((socket, next) => next(new Error("Auth failed (custom namespace)")));
  for (const name of ["/", "/foo", "/asd", "/valid", "/admin"]) io.of(name).on("connection", onConnection);
  io.of(/^\/dynamic-\d+$/).on("connection", onConnection);
  io.of("/abc").on("connection", (socket) => {
    onConnection(socket);
    socket.emit("handshake", handshakeOf(socket));
  });
}

export const commands = (io) => ({
  /** Emits to a namespace, or to one of its rooms. */
  emit: (namespace, room, ...args) => void (room ? io.of(namespace).to(room) : io.of(namespace)).emit(...args),
  close: () => void io.close(),
  stored: (key) => stored.get(key) ?? [],
});

export const handshakeOf = ({ handshake }) => ({ query: handshake.query, auth: handshake.auth ?? {}, headers: handshake.headers, url: handshake.url });

function onConnection(socket) {
  const where = { namespace: socket.nsp.name, id: socket.id };
  report("connection", { ...where, recovered: socket.recovered ?? false, transport: socket.conn.transport.name });
  socket.on("disconnect", (reason) => report("disconnect", { ...where, reason }));

  // Emits what it got, or acknowledges with it.
  socket.on("echo", (...args) => {
    const last = args[args.length - 1];
    if (typeof last === "function") last(...args.slice(0, -1));
    else socket.emit("echo", ...args);
  });
  // Emits what it is asked to.
  socket.on("say", (...args) => socket.emit(...args));
  socket.on("burst", (count) => {
    for (let i = 0; i < count; i++) socket.emit("item", i);
  });
  // Asks the client and tells what it answered.
  socket.on("ask", (...args) => socket.emit(...args, (...answers) => socket.emit("answered", ...answers)));
  socket.on("date", (answer) => answer(new Date(0), { date: new Date(1) }));
  // How the arguments look from here.
  socket.on("describe", (...args) => args.pop()(...args.map(describe)));
  socket.on("id", (answer) => answer(socket.id));
  socket.on("engine id", (answer) => answer(socket.client.id));
  socket.on("transport", (answer) => answer(socket.conn.transport.name));
  socket.on("handshake", (answer) => answer(handshakeOf(socket)));
  socket.on("recovered", (answer) => answer(socket.recovered ?? false));
  socket.on("later", (milliseconds, value, answer) => setTimeout(() => answer(value), milliseconds));
  socket.on("silent", () => {});
  socket.on("join", (room, answer) => {
    socket.join(room);
    answer();
  });
  socket.on("broadcast", (room, ...args) => socket.to(room).emit(...args));
  // Keeps a value under a key; the answer comes only from the try that "answerAt" names.
  socket.on("store", (key, value, answerAt, answer) => {
    const values = stored.get(key) ?? [];
    stored.set(key, [...values, value]);
    if (values.length + 1 >= answerAt) answer?.("stored");
  });
  // The same, but a value that is there already is not kept again.
  socket.on("store once", (key, value, answer) => {
    const values = stored.get(key) ?? [];
    if (!values.includes(value)) stored.set(key, [...values, value]);
    answer?.();
  });
  // The ways a connection ends.
  socket.on("disconnect me", (close) => socket.disconnect(close));
  socket.on("close my engine", () => socket.conn.close());
}

function describe(value) {
  if (Buffer.isBuffer(value)) return { bytes: value.toString("hex") };
  if (Array.isArray(value)) return value.map(describe);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, describe(item)]));
}
