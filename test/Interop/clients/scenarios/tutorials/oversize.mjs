import { connect, connected, create, next, request } from "../../clients.mjs";
import { check, equal } from "../../report.mjs";

const LIMIT = 1_000_000;

export default async function () {
  const healthy = await connect();
  for (const transport of ["polling", "websocket"]) {
    const socket = create("/", { transports: [transport] });
    await connected(socket);
    // "42", the number of the acknowledgement, the name, the quotes.
    const text = "x".repeat(LIMIT - '420["length",""]'.length);
    equal(`${transport}: a megabyte is let in`, await request(socket, "length", text), [text.length]);
    const gone = next(socket, "disconnect");
    socket.emit("length", `${text}x`, (answer) => check(`${transport}: a byte more is not handled`, answer === undefined, answer));
    equal(`${transport}: a byte more ends the connection`, (await gone)[0], transport === "polling" ? "transport error" : "transport close");
    equal(`${transport}: the server goes on`, await request(healthy, "length", text), [text.length]);
    await connected(socket.connect());
    equal(`${transport}: the client may come back`, await request(socket, "length", "x"), [1]);
  }
}
