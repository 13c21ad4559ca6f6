import { connected, create } from "../../clients.mjs";
import { equal, within } from "../../report.mjs";

export default async function () {
  const socket = create("/", { reconnection: true, reconnectionDelay: 20, ackTimeout: 5000, retries: 3 });
  await connected(socket);
  const { id } = socket;
  const acknowledged = ["one", "two", "three"].map((message, counter) =>
    new Promise((resolve, reject) => socket.emit("chat message", message, `${id}-${counter}`, (error) => (error ? reject(error) : resolve(message)))));
  equal("each message is acknowledged", await within(Promise.all(acknowledged), "all acknowledgements"), ["one", "two", "three"]);
}
