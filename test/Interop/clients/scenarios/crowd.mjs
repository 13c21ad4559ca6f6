import { collect, connect, request } from "../clients.mjs";
import { equal } from "../report.mjs";

const CROWD = 200;

export default async function () {
  const sockets = await Promise.all(Array.from({ length: CROWD }, () => connect()));
  equal("200 clients have 200 ids", new Set(sockets.map((socket) => socket.id)).size, CROWD);

  const heard = sockets.map((socket) => collect(socket, "heard"));
  equal("each gets its own answer", (await Promise.all(sockets.map((socket, i) => request(socket, "sum", i, 1)))).flat(), sockets.map((_, i) => i + 1));

  await request(sockets[0], "everybody", "all");
  await Promise.all(sockets.map((socket) => request(socket, "echo ack")));
  equal("a broadcast reaches each once", heard.filter((list) => list.length === 1 && list[0][0] === "all").length, CROWD);

  await Promise.all(sockets.map((socket, i) => request(socket, "join", `group ${i % 10}`)));
  await Promise.all(Array.from({ length: 10 }, (_, group) => request(sockets[group], "in room", `group ${group}`, group)));
  await Promise.all(sockets.map((socket) => request(socket, "echo ack")));
  equal("each room hears its own", heard.map((list) => list.at(-1)[0]), sockets.map((_, i) => i % 10));
}
