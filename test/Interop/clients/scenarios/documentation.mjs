// What the documentation and its tutorials do, beyond the scenarios of their own (server.md §25).
import { collect, connect, connected, create, finalTransport, isV2, next, request, transport, upgraded } from "../clients.mjs";
import { check, delay, equal, settings } from "../report.mjs";

async function leaveNotice() {
  const [leaver, stayer] = [await connect(), await connect()];
  for (const room of ["kitchen", "hall"]) {
    await request(leaver, "join", room);
    await request(stayer, "join", room);
  }
  const left = collect(stayer, "left");
  const { id } = leaver;
  leaver.disconnect();
  await next(stayer, "gone");
  equal("SRV-SCN-04: the rooms that a client leaves are told", left.map((args) => args.join(" ")).sort(), [`${id} hall`, `${id} kitchen`]);
}

async function crud() {
  const socket = await connect();
  equal("SRV-SCN-06: a valid request", await request(socket, "order:create", { product: "tea", amount: 2 }), [{ status: "OK", total: 2 }]);
  equal("SRV-SCN-06: an invalid one", await request(socket, "order:create", { product: "", amount: 0 }), [{ status: "KO", error: "product and amount are needed" }]);
  const gone = next(socket, "disconnect");
  socket.emit("order:create", { product: "tea", amount: 2 });
  equal("SRV-SCN-06: without an acknowledgement", (await gone)[0], "io server disconnect");
}

async function rateLimit() {
  const socket = await connect("/limited");
  const heard = collect(socket, "heard");
  const gone = next(socket, "disconnect");
  for (let i = 0; i < 5; i++) socket.emit("say", i);
  equal("SRV-SCN-13: too many events", (await gone)[0], "io server disconnect");
  equal("SRV-SCN-13: only those within the limit are handled", heard.flat(), [0, 1]);
}

async function sharedMiddleware() {
  for (const namespace of ["/news", "/limited"]) {
    const socket = create(namespace, { query: { banned: "yes" } });
    const [error] = await next(socket, isV2 ? "error" : "connect_error");
    equal(`SRV-SCN-14: a middleware for every namespace guards ${namespace}`, isV2 ? error : error.message, "banned");
  }
}

async function latency() {
  const socket = await connect();
  // One that finds the transport busy is dropped; the next will do.
  let answered;
  for (let attempt = 0; attempt < 100 && !answered; attempt++) {
    socket.volatile.emit("echo ack", "ping", (answer) => (answered = answer));
    await delay(20);
  }
  equal("SRV-SCN-15: a volatile ping is acknowledged", answered, "ping");
  socket.disconnect();
  let late = 0;
  for (let i = 0; i < 10; i++) socket.volatile.emit("echo ack", i, () => late++);
  socket.connect();
  await connected(socket);
  await request(socket, "echo ack");
  equal("SRV-SCN-15: no backlog builds up while offline", late, 0);
}

async function upgradeTracking() {
  const socket = create();
  await connected(socket);
  await upgraded(socket);
  let seen;
  do [seen] = await request(socket, "transports seen"); while (seen.at(-1) !== finalTransport);
  equal("SRV-SCN-16: the server follows the transports", seen, transport === "upgrade" ? ["polling", "websocket"] : [finalTransport]);
}

async function restBesideSockets() {
  const socket = await connect();
  const announced = next(socket, "announcement");
  const response = await fetch(`${settings.url}/announce?text=${encodeURIComponent("Kaffee & Kuchen")}`);
  check("SRV-SCN-19: the endpoint answers", response.ok, response.status);
  equal("SRV-SCN-19: and its announcement arrives", await announced, ["Kaffee & Kuchen"]);
}

export default async function () {
  await leaveNotice();
  await crud();
  await rateLimit();
  await sharedMiddleware();
  if (!isV2) await latency();
  await upgradeTracking();
  await restBesideSockets();
}
