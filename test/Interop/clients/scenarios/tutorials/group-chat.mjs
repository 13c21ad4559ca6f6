import { collect, connect } from "../../clients.mjs";
import { delay, equal } from "../../report.mjs";

export default async function () {
  const clients = { ada: await connect(), bob: await connect(), eve: await connect() };
  const heard = Object.values(clients).map((socket) => collect(socket, "chat message"));
  for (let i = 0; i < 30; i++) for (const [name, socket] of Object.entries(clients)) socket.emit("chat message", `${name} ${i}`);
  while (heard.some((messages) => messages.length < 90)) await delay(5);
  for (const messages of heard) {
    equal("each message came once", messages.length, 90);
    for (const name of Object.keys(clients)) {
      const theirs = messages.flat().filter((message) => message.startsWith(name));
      equal(`those of ${name} came in order`, theirs, Array.from({ length: 30 }, (_, i) => `${name} ${i}`));
    }
  }
}
