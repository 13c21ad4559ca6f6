// Exchanges packets with the test: its own are compared with those that socket.io-msgpack-parser makes and reads, ours are read by the test.
import parser from "socket.io-msgpack-parser";
import { ask, check, equal, main, settings } from "./report.mjs";

const encode = (packet) => new parser.Encoder().encode(packet)[0];

function decode(bytes) {
  const decoder = new parser.Decoder();
  let decoded;
  decoder.on("decoded", (packet) => (decoded = packet));
  decoder.add(bytes);
  return decoded;
}

/** A packet of the test: JSON, in which {"bytes":"…"} stands for bytes. */
const revive = (json) => JSON.parse(json, (_, value) => (typeof value?.bytes === "string" ? Buffer.from(value.bytes, "hex") : value));

const event = (...args) => ({ type: parser.PacketType.EVENT, data: ["e", ...args], nsp: "/" });
const date = new Date(1_700_000_000_123);

// What JSON.stringify makes of the same values, unless said otherwise.
const packets = {
  "what a client sends": { type: 2, data: ["e", 1, "é😀", null, true], options: { compress: true }, id: 12, nsp: "/chat" },
  dates: event(date, { at: date }, new Date(-1), new Date(8.64e15)),
  undefined: event(undefined, { gone: undefined, here: 1 }, [undefined]),
  "numbers that JSON has not": event(NaN, Infinity, -Infinity, -0),
  "floats and integers": event(0.1, -1.5, 1e-7, 5e-324, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -(2 ** 31), -(2 ** 53 - 1), 127, 128, -32, -33),
  "keys of all kinds": event({ "": 1, 1: 2, "a b": 3, _placeholder: true, num: 0 }),
  functions: event({ toJSON: () => ({ a: 1 }) }),
};

await main(async () => {
  for (const { name, json, hex } of settings.samples) {
    const packet = revive(json);
    equal(`${name}: the bytes are the official ones`, hex, encode(packet).toString("hex"));
    equal(`${name}: and are read as meant`, decode(Buffer.from(hex, "hex")), packet);
  }

  for (const [name, packet] of Object.entries(packets)) {
    const expected = JSON.stringify({ type: packet.type, nsp: packet.nsp, id: packet.id, data: packet.data });
    check(name, (await ask(JSON.stringify({ name, hex: encode(packet).toString("hex"), expected }))) === "done");
  }
});
