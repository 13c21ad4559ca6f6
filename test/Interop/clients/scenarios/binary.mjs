import { connect, isMessagePack, next, request } from "../clients.mjs";
import { equal, within } from "../report.mjs";

const bytes = (...values) => Buffer.from(values);

export default async function () {
  const socket = await connect();

  const samples = {
    "a lone buffer": [bytes(1, 2, 3)],
    "an empty buffer": [bytes()],
    "several buffers and text": ["a", bytes(0), 1, bytes(255, 254), null, bytes(30, 30, 98, 52)],
    "buffers in objects and arrays": [{ a: { b: [bytes(1), { c: bytes(2) }] }, d: [[bytes(3)]] }, [bytes(4), "x"]],
    "the same buffer twice": [[bytes(7), bytes(7)]],
    "ten attachments": [Array.from({ length: 10 }, (_, i) => bytes(i, i + 1))],
    "all byte values": [Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
    "100 kB": [Buffer.alloc(100_000, "0123456789abcdef")],
  };

  for (const [name, args] of Object.entries(samples)) {
    const answer = next(socket, "echo");
    socket.emit("echo", ...args);
    equal(`${name}: event`, await answer, args);
    equal(`${name}: acknowledgement`, await request(socket, "echo ack", ...args), args);
  }

  const views = new Uint8Array([9, 8, 7, 6]);
  // notepack.io writes the whole buffer that a view is of.
  const view = isMessagePack ? bytes(9, 8, 7, 6) : bytes(8, 7);
  equal("an ArrayBuffer and a view of it", await request(socket, "echo ack", views.buffer, views.subarray(1, 3)), [bytes(9, 8, 7, 6), view]);

  const parcel = { name: "p", content: bytes(1, 2, 3), parts: [{ label: "x", bytes: bytes(4, 5) }, { label: "y", bytes: bytes() }] };
  equal("bytes in a typed object, there and back", await request(socket, "reverse parcel", parcel),
    [{ name: "p", content: bytes(3, 2, 1), parts: [{ label: "x", bytes: bytes(5, 4) }, { label: "y", bytes: bytes() }] }]);

  const delivered = next(socket, "parcel");
  socket.emit("send parcel");
  equal("bytes that the server emits", await delivered, ["from the server", { name: "q", content: bytes(0, 127, 128, 255), parts: [{ label: "z", bytes: bytes(30) }] }, bytes(42)]);

  // Concurrent emits of the server must not mix their attachments, nor those of the client.
  const storm = [];
  const calm = new Promise((resolve) => socket.on("storm", (...args) => {
    if (storm.push(args) === 200) resolve();
  }));
  socket.emit("storm", 20, 10);
  await within(calm, "the storm");
  const wrong = storm.filter(([task, round, one, two]) => one[0] !== task || one[1] !== round || two.inner[0] !== round || two.inner[1] !== task);
  equal("200 concurrent binary events stay whole", wrong, []);

  const many = await Promise.all(Array.from({ length: 50 }, (_, i) => request(socket, "echo ack", bytes(i), { i, b: [bytes(i, i)] })));
  equal("50 pipelined binary requests get their own answers", many, Array.from({ length: 50 }, (_, i) => [bytes(i), { i, b: [bytes(i, i)] }]));
}
