import { connect, connected, next, request } from "../../clients.mjs";
import { check, delay, equal } from "../../report.mjs";

export default async function () {
  const ada = await connect();
  const bob = await connect("/", { reconnection: true, reconnectionDelay: 20 });
  const heard = [];
  bob.on("chat message", (message) => heard.push(message));
  equal("the first session is a new one", await request(bob, "join", "lobby"), [false]);
  const { id } = bob;
  ada.emit("chat message", "one");
  while (heard.length < 1) await delay(5);

  const gone = next(bob, "disconnect");
  // Without a farewell: the connection breaks.
  bob.io.engine.transport.ws.terminate();
  await gone;
  for (const message of ["two", "three"]) ada.emit("chat message", message);
  await request(ada, "join", "elsewhere");
  await connected(bob);
  check("the session is recovered", bob.recovered);
  equal("with its id", bob.id, id);
  ada.emit("chat message", "four");
  while (heard.length < 4) await delay(5);
  equal("what was missed came, and goes on without joining again", heard, ["one", "two", "three", "four"]);
  equal("the server knows it too", await request(bob, "join", "lobby"), [true]);
}
