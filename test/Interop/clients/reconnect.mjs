// The server goes away and comes back on the same port.
import { connect, connected, disconnectAll, finalTransport, isV2, next, request, upgraded } from "./clients.mjs";
import { ask, check, equal, main, within } from "./report.mjs";

const reconnected = (socket) => within(new Promise((resolve) => (isV2 ? socket : socket.io).once("reconnect", resolve)), "a reconnection", 20_000);

await main(async () => {
  const socket = await connect("/", { reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 200 });
  const { id } = socket;
  equal("it joins a room", await request(socket, "join", "red"), [["red"]]);

  const lost = next(socket, "disconnect");
  await ask("stop");
  const [reason] = await lost;
  check("the client sees the connection end", ["transport close", "transport error"].includes(reason), reason);

  // What is emitted meanwhile waits, and arrives in order.
  const echoes = [];
  socket.on("echo", (number) => echoes.push(number));
  for (let number = 0; number < 20; number++) socket.emit("echo", number);

  const back = reconnected(socket);
  await ask("start");
  check("the attempts are counted", (await back) >= 1);
  await connected(socket);
  await upgraded(socket);
  check("it is another session", socket.id && socket.id !== id, [id, socket.id]);
  equal("over the same transport", socket.io.engine.transport.name, finalTransport);
  equal("the new server knows nothing of the room", await request(socket, "join", "blue"), [["blue"]]);
  equal("what waited arrived in order", echoes, Array.from({ length: 20 }, (_, number) => number));
}, disconnectAll);
