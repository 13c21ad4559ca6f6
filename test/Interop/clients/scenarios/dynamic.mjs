import { connect, connected, create, isV2, next, request, share } from "../clients.mjs";
import { check, equal } from "../report.mjs";

const refusal = (socket) => next(socket, isV2 ? "error" : "connect_error");

export default async function () {
  // A pattern makes a namespace for whoever asks for it, with the middlewares and handlers of its parent.
  const ada = await connect("/workspace-1");
  const bob = await connect("/workspace-1");
  const eve = await connect("/workspace-2");
  equal("the first client made the namespace", await request(ada, "who is here"), [["/workspace-1", 2]]);
  equal("another name is another namespace", await request(eve, "who is here"), [["/workspace-2", 1]]);

  let leaked = 0;
  eve.on("said", () => leaked++);
  const heard = next(bob, "said");
  ada.emit("say", "hi");
  equal("a broadcast reaches the workspace", await heard, ["hi"]);
  await request(eve, "who is here");
  equal("and no other", leaked, 0);

  const news = Promise.all([ada, bob, eve].map((socket) => next(socket, "news")));
  ada.emit("tell all workspaces", "x", { bytes: Buffer.from([1, 2]) });
  for (const [text, extra] of await news) {
    equal("a broadcast of the parent reaches all workspaces", text, "x");
    check("with its bytes", Buffer.from([1, 2]).equals(Buffer.from(extra.bytes)));
  }

  // What the application does about every new namespace holds for these.
  const banned = create("/workspace-3", { query: { banned: "1" } });
  const [error] = await refusal(banned);
  equal("a middleware refuses", isV2 ? error : error.message, "banned");

  // A function decides by what the client said.
  const [denied] = await refusal(share(ada, "/of-nobody"));
  equal("no parent allows it", denied.message ?? denied, "Invalid namespace");
  const own = await connect("/of-ada", isV2 ? { query: { token: "ada" } } : { auth: { token: "ada" } });
  check("a function allows it", own.connected);

  // Who comes back finds a namespace made anew.
  const again = share(ada, "/workspace-4");
  await connected(again);
  again.disconnect();
  again.connect();
  await connected(again);
  equal("an emptied namespace can be joined again", await request(again, "who is here"), [["/workspace-4", 1]]);
}
