// The official client loses its connection and gets its session back.
import { connect, connected, create, disconnectAll, next, request, upgraded } from "./clients.mjs";
import { ask, check, equal, main, within } from "./report.mjs";

/** Closes the connection without a farewell, lets the server emit what will be missed, and comes back. */
async function comeBack(socket) {
  const gone = next(socket, "disconnect");
  socket.io.engine.close();
  await gone;
  await ask("miss");
  socket.connect();
  await connected(socket);
  await upgraded(socket);
}

/** Everything that comes, in its order, and whether the client was connected by then. */
function listen(socket) {
  const heard = [];
  socket.onAny((...event) => heard.push({ event, connected: socket.connected }));
  return heard;
}

const names = (heard) => heard.map(({ event: [name, value] }) => (typeof value === "number" ? `${name} ${value}` : name));

async function until(heard, count) {
  while (heard.length < count) await within(new Promise((resolve) => setTimeout(resolve, 5)), "an event");
}

/** A client that hears something before each loss. */
async function busy() {
  const socket = create("/", { auth: { token: "t" } });
  const heard = listen(socket);
  await connected(socket);
  await upgraded(socket);
  check("the first session is a new one", socket.recovered === false);
  const { id } = socket;
  await request(socket, "join", "lobby", "ann");
  equal("SIO-CSR-06: without a session the client asks for none", await request(socket, "auth"), [{ token: "t" }]);

  // 1. What the client sees of an offset.
  await ask("say");
  await until(heard, 2);
  const [[name, text, offset], [, bytes, last]] = heard.map(({ event }) => event);
  check("SIO-CSR-03: a handler sees the offset behind the arguments", name === "said" && text === "hello" && typeof offset === "string", heard);
  check("SIO-CSR-03: also behind bytes", Buffer.from(bytes).equals(Buffer.from([1, 2, 255])) && typeof last === "string" && last !== offset, heard);
  equal("SIO-CSR-03: the server's typed handlers ignore a surplus argument", await request(socket, "sum", 1, 2, "surplus"), [3]);
  equal("an acknowledgement has none", await request(socket, "said how often"), [2]);

  // 2. It comes back, twice.
  for (const round of [1, 2]) {
    const known = heard.at(-1).event.at(-1);
    heard.length = 0;
    await comeBack(socket);
    check("SIO-CSR-11: the client knows that it recovered", socket.recovered === true);
    equal("with its id", socket.id, id);
    const [{ token, pid, offset: sent, ...rest }] = await request(socket, "auth");
    check("SIO-CSR-05: it sent the last offset", sent === known, [sent, known]);
    check("SIO-CSR-06: beside its private id and what the application says", typeof pid === "string" && token === "t" && Object.keys(rest).length === 0, rest);
    equal("rooms and data are back", await request(socket, "state"), [{ recovered: true, rooms: ["lobby"], user: "ann" }]);
    equal("a socket that is not its predecessor", await request(socket, "connections"), [round + 1]);
    await ask("say");
    await until(heard, 12);
    equal("what was missed came once and in order, and the rest after it", names(heard), [...Array.from({ length: 9 }, (_, i) => `missed ${i}`), "missed bytes", "said", "said"]);
    check("bytes that were missed", Buffer.from(heard[9].event[1]).equals(Buffer.from([0, 127, 255])), heard[9]);
    check("SIO-CSR-08: it came before the grant, and handlers see it when connected", heard.every((event) => event.connected), heard);
  }
}

/** A client that has heard nothing. */
async function quiet() {
  const socket = await connect("/");
  const heard = listen(socket);
  await request(socket, "join", "lobby", "bob");
  await comeBack(socket);
  check("a quiet client recovers", socket.recovered === true);
  const [{ pid, ...rest }] = await request(socket, "auth");
  check("SIO-CSR-06: it has no offset to send", typeof pid === "string" && Object.keys(rest).length === 0, rest);
  await until(heard, 10);
  equal("and gets what it missed", names(heard), [...Array.from({ length: 9 }, (_, i) => `missed ${i}`), "missed bytes"]);
}

/** A client that leaves on purpose. */
async function leaver() {
  const socket = await connect("/");
  await request(socket, "join", "lobby", "eve");
  const { id } = socket;
  socket.disconnect();
  await ask("gone");
  socket.connect();
  await connected(socket);
  check("SIO-CSR-10: after a farewell the session is a new one", socket.recovered === false && socket.id !== id);
  equal("without rooms and data", await request(socket, "state"), [{ recovered: false, rooms: [], user: null }]);
}

await main(async () => {
  for (const client of [busy, quiet, leaver]) {
    await client();
    await disconnectAll();
  }
}, disconnectAll);
