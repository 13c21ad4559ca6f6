import { collect, connect, next, request } from "../clients.mjs";
import { equal } from "../report.mjs";

export default async function () {
  const [a, b, c] = await Promise.all([connect(), connect(), connect()]);
  const everybody = [a, b, c];
  const heard = new Map(everybody.map((socket) => [socket, collect(socket, "heard")]));

  /** Says something, then lets everything before it arrive everywhere. */
  const hears = async (name, say, expected) => {
    for (const list of heard.values()) list.length = 0;
    await say();
    await Promise.all(everybody.map((socket) => request(socket, "echo ack")));
    equal(name, everybody.map((socket) => heard.get(socket).flat()), expected);
  };

  equal("joining", await request(a, "join", "red"), [["red"]]);
  await request(b, "join", "red");
  await request(b, "join", "blue");
  equal("joining twice", await request(b, "join", "blue"), [["blue", "red"]]);
  await request(c, "join", "blue");

  await hears("to a room leaves out the sender", () => request(a, "to room", "red", "1"), [[], ["1"], []]);
  await hears("to a room that the sender is not in", () => request(c, "to room", "red", "2"), [["2"], ["2"], []]);
  await hears("in a room, from the server", () => request(a, "in room", "red", "3"), [["3"], ["3"], []]);
  await hears("a member of two rooms hears once", () => request(a, "in rooms", ["red", "blue"], "4"), [["4"], ["4"], ["4"]]);
  await hears("except", () => request(a, "in room except", "red", "blue", "5"), [["5"], [], []]);
  await hears("an empty room", () => request(a, "in room", "green", "6"), [[], [], []]);
  await hears("everybody", () => request(a, "everybody", "7"), [["7"], ["7"], ["7"]]);
  await hears("everybody but the sender", () => request(a, "broadcast", "8"), [[], ["8"], ["8"]]);
  await hears("one socket, by its id", () => request(a, "to room", c.id, "9"), [[], [], ["9"]]);

  equal("leaving", await request(b, "leave", "red"), [["blue"]]);
  await hears("a room after leaving", () => request(c, "in room", "red", "10"), [["10"], [], []]);

  const bytes = next(b, "heard");
  c.emit("to room", "blue", { bytes: Buffer.from([1, 2]) }, () => {});
  equal("bytes to a room", await bytes, [{ bytes: Buffer.from([1, 2]) }]);

  await request(a, "move everybody", "red", "blue");
  await hears("after the server moved the members", () => request(a, "in room", "blue", "11"), [["11"], ["11"], ["11"]]);
  a.disconnect();
  everybody.shift();
  await hears("after a member left the server", () => request(b, "in room", "blue", "12"), [["12"], ["12"]]);
}
