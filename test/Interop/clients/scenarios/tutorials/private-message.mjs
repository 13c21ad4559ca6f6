import { collect, connect, next } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  const [ada, bob, eve] = [await connect(), await connect(), await connect()];
  const overheard = collect(eve, "private message");
  const received = next(bob, "private message");
  ada.emit("private message", bob.id, "hi");
  equal("it comes to the one it is for", await received, [ada.id, "hi"]);
  const answer = next(ada, "private message");
  bob.emit("private message", ada.id, "hi yourself");
  equal("who can answer", await answer, [bob.id, "hi yourself"]);
  const welcome = next(eve, "private message");
  bob.emit("private message", eve.id, "welcome");
  await welcome;
  equal("and to nobody else", overheard, [[bob.id, "welcome"]]);
}
