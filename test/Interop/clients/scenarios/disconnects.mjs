import { connect, finalTransport, isV2, next, reasonOnServer, share } from "../clients.mjs";
import { check, equal } from "../report.mjs";

export default async function () {
  const each = async (name, act, onClient, onServer) => {
    const socket = await connect();
    const { id } = socket;
    const reason = next(socket, "disconnect");
    await act(socket);
    equal(`${name}: the client's reason`, (await reason)[0], onClient);
    equal(`${name}: the server's reason`, await reasonOnServer(id), onServer);
    check(`${name}: the client is disconnected`, !socket.connected);
  };

  await each("the client disconnects", (socket) => socket.disconnect(), "io client disconnect", "client namespace disconnect");
  await each("the server disconnects the socket", (socket) => socket.emit("disconnect me", false), "io server disconnect", "server namespace disconnect");
  await each("the server closes the connection", (socket) => socket.emit("disconnect me", true), "io server disconnect", "server namespace disconnect");
  await each("the client's engine closes", (socket) => socket.io.engine.close(), "forced close", "transport close");
  await each("the server's engine closes", (socket) => socket.emit("close my engine"), "transport close", "forced close");

  if (finalTransport === "websocket") {
    // The wire is cut without a goodbye.
    await each("the wire is cut", (socket) => socket.io.engine.transport.ws._socket.destroy(), "transport close", "transport close");
    await each("an unknown packet", (socket) => socket.io.engine.transport.ws.send("4?"), "transport close", "forced close");
  }

  const main = await connect();
  const news = share(main, "/news");
  await next(news, "headline");
  const reasons = Promise.all([next(main, "disconnect"), next(news, "disconnect")]);
  const ids = [main.id, news.id];
  main.emit("disconnect me", true);
  equal("closing the connection disconnects every namespace", (await reasons).map(([reason]) => reason), ["io server disconnect", "io server disconnect"]);
  if (!isV2) {
    equal("which the server sees, too", await Promise.all(ids.map(reasonOnServer)), ["server namespace disconnect", "server namespace disconnect"]);
  }
}
