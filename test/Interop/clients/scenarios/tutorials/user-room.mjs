import { collect, connect, next, request } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  const bob = await connect("/", { auth: { userId: "bob" } });
  const gone = collect(bob, "user disconnected");
  const tabs = [];
  for (let i = 0; i < 3; i++) tabs.push(await connect("/", { auth: { userId: "ada" } }));
  // A client knows that it is connected before the server's handler has put it into its room.
  while ((await request(bob, "tabs", "ada"))[0] !== 3);
  const notified = tabs.map((tab) => next(tab, "notification"));
  bob.emit("notify", "ada", "hi");
  equal("each tab is notified", await Promise.all(notified), [["hi"], ["hi"], ["hi"]]);

  for (const left of [2, 1]) {
    tabs.pop().disconnect();
    while ((await request(bob, "tabs", "ada"))[0] !== left);
  }
  equal("as long as a tab is left, the user is there", gone, []);
  const last = next(bob, "user disconnected");
  tabs.pop().disconnect();
  equal("with the last tab the user goes", await last, ["ada"]);
}
