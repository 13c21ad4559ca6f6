import { connect, connected, create, finalTransport, isV2, next, transport, upgraded } from "../clients.mjs";
import { check, equal } from "../report.mjs";

export default async function () {
  const options = isV2 ? { query: { name: "Ada", lang: "de & ç" } } : { auth: { name: "Ada", roles: ["a", "b"], nested: { deep: true } }, query: { lang: "de & ç" } };
  const socket = create("/", options);
  const hello = next(socket, "hello");
  await connected(socket);
  const [welcome] = await hello;

  equal("the server sees the auth payload", welcome.auth, isV2 ? {} : options.auth);
  equal("the server sees the query", welcome.lang, "de & ç");
  equal("the server sees the revision", welcome.revision, isV2 ? 3 : 4);
  equal("the connection begins as asked", welcome.transport, transport === "websocket" ? "websocket" : "polling");
  equal("the id is the server's", socket.id, welcome.id);
  check("it is not the engine's id", isV2 ? socket.id === socket.io.engine.id : socket.id !== socket.io.engine.id, [socket.id, socket.io.engine.id]);

  await upgraded(socket);
  equal("the client ends with the transport", socket.io.engine.transport.name, finalTransport);
  socket.emit("transport");
  equal("the server ends with it, too", await next(socket, "transport"), [finalTransport]);

  if (!isV2) {
    let calls = 0;
    const second = await connect("/", { auth: (send) => send({ call: ++calls }) });
    second.disconnect();
    second.connect();
    equal("a function gives the auth payload at every connection", (await next(second, "hello"))[0].auth, { call: 2 });
  }
}
