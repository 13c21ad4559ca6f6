import { connected, create, request } from "../../clients.mjs";
import { check, delay, equal } from "../../report.mjs";

export default async function () {
  const socket = create("/", { autoConnect: false });
  const latencies = [];
  const ping = () => {
    const start = performance.now();
    socket.volatile.emit("ping", () => latencies.push(performance.now() - start));
  };
  for (let i = 0; i < 10; i++) ping();
  await connected(socket.connect());
  equal("no backlog has built up while offline", await request(socket, "count"), [0]);

  let sent = 0;
  // Once a second in the documentation; a test has less patience.
  while (latencies.length < 5) {
    ping();
    sent++;
    await delay(10);
  }
  const [count] = await request(socket, "count");
  check("online the server sees the pings, but those that found the transport busy", count >= 5 && count <= sent, [count, sent]);
}
