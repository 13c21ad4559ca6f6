import { collect, connect, connected, isV2, next, request } from "../clients.mjs";
import { check, delay, equal } from "../report.mjs";

export default async function () {
  const socket = await connect();
  const received = collect(socket, "volatile");

  // Over polling a volatile event needs a waiting poll: the client is given the time to send one.
  await delay(100);
  const alone = next(socket, "volatile");
  socket.emit("volatile burst", 1);
  equal("a volatile event on an idle connection arrives", await alone, [0]);
  await delay(100);

  received.length = 0;
  const over = next(socket, "burst over");
  socket.emit("volatile burst", 1000);
  await over;
  check("of a burst some are dropped", received.length < 1000, received.length);
  equal("and those that arrive are in order", received.flat(), [...received.flat()].sort((a, b) => a - b));

  equal("events that are not volatile still arrive", await request(socket, "sum", 1, 2), [3]);

  if (!isV2) {
    const before = (await request(socket, "volatile count"))[0];
    socket.disconnect();
    socket.volatile.emit("volatile from client");
    socket.emit("echo", "buffered");
    const buffered = next(socket, "echo");
    socket.connect();
    await connected(socket);
    equal("while disconnected, a plain event waits", await buffered, ["buffered"]);
    equal("and a volatile one is lost", (await request(socket, "volatile count"))[0], before);
  }
}
