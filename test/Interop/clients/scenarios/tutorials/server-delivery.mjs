import { connect, connected, create, request } from "../../clients.mjs";
import { delay, equal } from "../../report.mjs";

export default async function () {
  const ada = await connect();
  let sent = 0;
  const say = () => request(ada, "chat message", `message ${++sent}`, `ada-${sent}`);

  const bob = create("/", { reconnection: true, reconnectionDelay: 20, auth: { serverOffset: 0 } });
  const heard = [];
  bob.on("chat message", (message, serverOffset) => {
    heard.push(message);
    bob.auth.serverOffset = serverOffset;
  });
  await say();
  await connected(bob);
  for (let round = 0; round < 3; round++) {
    await say();
    while (heard.length < sent) await delay(5);
    // Some are said while he is away.
    bob.disconnect();
    await say();
    await say();
    bob.connect();
    await connected(bob);
    await say();
    while (heard.length < sent) await delay(5);
  }
  equal("no gap and no duplicate", heard, Array.from({ length: sent }, (_, i) => `message ${i + 1}`));
}
