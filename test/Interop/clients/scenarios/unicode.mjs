import { connect, next, request } from "../clients.mjs";
import { equal } from "../report.mjs";

const texts = {
  "two-byte letters": "äöüß ñ ç",
  "other scripts": "日本語 Ελληνικά עברית العربية हिन्दी",
  emoji: "👋🏽 👩‍👩‍👧‍👦 🇺🇳 💯",
  "the record separator": "a\u001eb\u001e\u001ec",
  "control characters": "\u0000\u0001\u0007\b\f\u001f\u007f",
  "line separators": "a\u2028b\u2029c",
  "characters at the edges": "\u0080\u07ff\u0800\uffff\ud7ff\ue000\u{10000}\u{10ffff}\ufeff",
  markup: "<script>alert('&amp;')</script>",
  "a long mixture": "aé漢😀".repeat(5000),
};

// Whole characters: half of one is no Unicode text, and .NET has no way to keep it.
const start = (text) => [...text].slice(0, 20).join("");

export default async function () {
  const socket = await connect();
  for (const [name, text] of Object.entries(texts)) {
    const answer = next(socket, "echo");
    socket.emit("echo", text, { [start(text)]: text });
    equal(`${name} come back in an event`, await answer, [text, { [start(text)]: text }]);
    equal(`${name} come back in an acknowledgement`, await request(socket, "echo ack", text), [text]);
  }

  // Several in one payload, with bytes between them.
  const all = Object.values(texts);
  const answers = Promise.all(all.map((_, index) => next(socket, `echo ${index}`)));
  all.forEach((text, index) => socket.emit("echo as", `echo ${index}`, text, Buffer.from(text)));
  equal("many of them at once come back", await answers, all.map((text) => [text, Buffer.from(text)]));
}
