// The official client through a proxy.
import { connect, disconnectAll, finalTransport, next } from "./clients.mjs";
import { equal, main } from "./report.mjs";

await main(async () => {
  const socket = await connect("/");
  equal("the transport", socket.io.engine.transport.name, finalTransport);
  for (const values of [["hello"], ["héllo €", { nested: [1, null] }], [Buffer.from([0, 1, 255])], ["x".repeat(200_000)]]) {
    const echo = next(socket, "echo");
    socket.emit("echo", ...values);
    equal(`${values[0].length} units come back`, await echo, values);
  }
  equal("an acknowledgement", await socket.emitWithAck("echo ack", "yes"), "yes");
}, disconnectAll);
