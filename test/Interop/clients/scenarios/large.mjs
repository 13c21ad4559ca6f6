import { connect, finalTransport, isMessagePack, next, reasonOnServer, request } from "../clients.mjs";
import { check, equal } from "../report.mjs";

const LIMIT = 1_000_000; // maxHttpBufferSize

export default async function () {
  const socket = await connect();

  // As near to the limit as every framing allows: over polling revision 3 writes bytes as base64, MessagePack everything.
  const room = isMessagePack && finalTransport === "polling" ? Math.floor(LIMIT * 0.74) : LIMIT;
  const text = "x".repeat(room - 1000);
  equal("text just below the limit", (await request(socket, "length of", text))[0], text.length);
  equal("text of many bytes just below the limit", (await request(socket, "length of", "é".repeat(room / 2 - 1000)))[0], room / 2 - 1000);
  const bytes = Buffer.alloc(Math.floor((LIMIT - 4000) * 0.74), 7);
  const [back] = await request(socket, "echo ack", bytes);
  check("bytes, there and back", Buffer.from(back).equals(bytes), back?.length);

  const big = next(socket, "big");
  socket.emit("send big", 3_000_000);
  equal("what the server sends is not limited", (await big)[0].length, 3_000_000);

  const { id } = socket;
  const reason = next(socket, "disconnect");
  socket.emit("length of", "x".repeat(LIMIT + 1), () => check("a message above the limit is not handled", false));
  const [onClient] = await reason;
  const onServer = await reasonOnServer(id);
  if (finalTransport === "polling") {
    equal("SRV-SCN-20: above the limit, polling: the client's reason", onClient, "transport error");
    check("SRV-SCN-20: above the limit, polling: the server's reason", ["transport close", "transport error", "ping timeout"].includes(onServer), onServer);
  } else {
    equal("SRV-SCN-20: above the limit, WebSocket: the client's reason", onClient, "transport close");
    equal("SRV-SCN-20: above the limit, WebSocket: the server's reason", onServer, "transport error");
  }

  const healthy = await connect();
  equal("SRV-SCN-20: the server goes on", await request(healthy, "sum", 1, 1), [2]);
}
