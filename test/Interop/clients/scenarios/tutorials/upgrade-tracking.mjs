import { connected, create, request, upgradeAfter, upgraded } from "../../clients.mjs";
import { equal } from "../../report.mjs";

export default async function () {
  let goOn;
  const socket = create("/", upgradeAfter(new Promise((resolve) => (goOn = resolve))));
  await connected(socket);
  equal("it begins with polling", await request(socket, "transports"), [["polling"]]);
  goOn();
  await upgraded(socket);
  equal("and goes on with WebSocket", await request(socket, "transports"), [["polling", "websocket"]]);

  for (const transport of ["polling", "websocket"]) {
    const alone = create("/", { transports: [transport] });
    await connected(alone);
    equal(`${transport} alone`, await request(alone, "transports"), [[transport]]);
  }
}
