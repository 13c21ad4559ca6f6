import { connect, next } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  const socket = await connect();
  const answers = [];
  const gone = next(socket, "disconnect");
  for (let i = 0; i < 3; i++) socket.emit("say", i.toString(), (answer) => answers.push(answer));
  equal("the third event is one too many", (await gone)[0], "io server disconnect");
  equal("the first two are answered", answers.filter((answer) => answer !== undefined), ["0", "1"]);
  equal("the client does not come back by itself", socket.active, false);
}
