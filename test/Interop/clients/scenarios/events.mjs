import { connect, isMessagePack, next } from "../clients.mjs";
import { equal } from "../report.mjs";

// notepack.io corrupts integers of 2^64 and more.
const huge = isMessagePack ? 2 ** 63 : 1e21;

const values = [
  1, -1.5, 0, huge, 1e-7, Number.MAX_SAFE_INTEGER, "", "text", "\"quoted\" \\ / \n\t", true, false, null, [], {}, [[[]]],
  { a: { b: [1, { c: null }] }, "key with spaces": 1, "": 0, __proto: "x" }, "2021-01-01T00:00:00.000Z",
];

export default async function () {
  const socket = await connect();

  for (let count = 0; count <= values.length; count++) {
    const args = values.slice(0, count);
    const answer = next(socket, "echo");
    socket.emit("echo", ...args);
    equal(`an event with ${count} arguments comes back`, await answer, args);
  }

  for (const event of ["a,b", "[\"x\"]", "naïve ☕", "1", " ", "/ns,", "toString"]) {
    const answer = next(socket, "named");
    socket.emit(event, 1);
    equal(`the event ${JSON.stringify(event)} is heard`, await answer, [event, 1]);
  }

  const dated = next(socket, "echo");
  const date = new Date(1_600_000_000_123);
  socket.emit("echo", date, undefined, NaN, { absent: undefined });
  equal("JSON says what it cannot say as JavaScript does", await dated, [date.toISOString(), null, null, {}]);

  const typed = next(socket, "typed");
  socket.emit("typed", "Ada", 36, { x: 1.5, tags: ["a"] });
  equal("typed arguments arrive", await typed, ["Ada", 36, 1.5, "a"]);

  const short = next(socket, "typed");
  socket.emit("typed", "Ada");
  equal("missing arguments are defaults, not faults", await short, ["Ada", 0, 0, null]);
}
