import { connect, isV2, next, request } from "../clients.mjs";
import { check, equal } from "../report.mjs";

export default async function () {
  const socket = await connect();

  equal("an empty acknowledgement", await request(socket, "echo ack"), []);
  equal("an acknowledgement with many arguments", await request(socket, "echo ack", 1, "two", [3], { four: 4 }, null), [1, "two", [3], { four: 4 }, null]);
  equal("a returned value is the acknowledgement", await request(socket, "sum", 19, 23), [42]);
  equal("one that comes later", await request(socket, "sum later", 1, 2), [3]);
  equal("one hundred at once", await Promise.all(Array.from({ length: 100 }, (_, i) => request(socket, "sum", i, i))), Array.from({ length: 100 }, (_, i) => [2 * i]));

  socket.on("question", (number, answer) => answer(`answer ${number}`));
  const answers = next(socket, "answers");
  socket.emit("ask me", 25);
  equal("the server's questions are answered, though their handler waits", await answers, [Array.from({ length: 25 }, (_, i) => `answer ${i}`)]);

  socket.on("bytes please", (bytes, answer) => answer(Buffer.from(bytes).reverse()));
  const back = next(socket, "bytes answered");
  socket.emit("ask for bytes");
  equal("bytes in a question and in its answer", await back, [Buffer.from([3, 2, 1])]);

  const late = next(socket, "unanswered");
  socket.emit("ask in vain");
  equal("a question without an answer times out", await late, ["timeout"]);

  if (!isV2) {
    equal("emitWithAck", await socket.emitWithAck("sum", 2, 2), 4);
    const error = await socket.timeout(200).emitWithAck("never answered").catch((reason) => reason);
    check("the client's own timeout", error instanceof Error && error.message === "operation has timed out", error);
  }
}
