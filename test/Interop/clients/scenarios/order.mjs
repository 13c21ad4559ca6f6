import { connected, create, finalTransport, next, request, transport, upgradeAfter, upgraded } from "../clients.mjs";
import { delay, equal, within } from "../report.mjs";

const COUNT = 1000;
const numbers = Array.from({ length: COUNT }, (_, i) => i);

export default async function () {
  // Both sides count from the first moment on. The upgrade begins after the hundredth number and is over before the nine hundredth.
  let passHundred;
  const hundred = new Promise((resolve) => (passHundred = resolve));
  const options = transport === "upgrade" ? upgradeAfter(hundred) : {};
  const socket = create("/", { ...options, query: { countTo: String(COUNT), until: finalTransport } });
  const received = [];
  const receivedOver = new Set();
  const done = new Promise((resolve) => socket.on("number", (number) => {
    receivedOver.add(socket.io.engine.transport.name);
    received.push(number);
    if (received.length === 100) passHundred();
    if (received.length === COUNT) resolve();
  }));
  await connected(socket);
  for (const number of numbers) {
    if (number === 900) await upgraded(socket);
    socket.emit("number", number, number % 50 === 0 ? Buffer.from([number & 255]) : "text");
    if (number % 10 === 0) await delay(1);
  }

  await within(done, "the server's numbers");
  equal("1,000 events of the server arrive in order", received, numbers);
  equal("1,000 events of the client arrive in order", (await request(socket, "numbers received"))[0], numbers);
  equal("the transport at the end", socket.io.engine.transport.name, finalTransport);
  equal("the transports that carried them", [...receivedOver], transport === "upgrade" ? ["polling", "websocket"] : [finalTransport]);

  // The same in bursts, without a pause to breathe.
  const burst = [];
  const burstDone = new Promise((resolve) => socket.on("burst", (number) => {
    if (burst.push(number) === COUNT) resolve();
  }));
  socket.emit("burst", COUNT);
  await within(burstDone, "the burst");
  equal("a burst of 1,000 arrives in order", burst, numbers);

  const slow = next(socket, "slow done");
  for (const number of numbers.slice(0, 50)) socket.emit("slow", number);
  equal("handlers that wait run one after another", await slow, [numbers.slice(0, 50)]);
}
