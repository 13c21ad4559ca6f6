// Values between a test and a script, as JSON text with marks for what JSON lacks: bytes, dates, and numbers that JSON.stringify changes.
import { createHash } from "node:crypto";

const longest = 1000;

export const revive = (text) => JSON.parse(text, (_, value) => {
  if (value === null || typeof value !== "object") return value;
  if ("$bytes" in value) return Buffer.from(value.$bytes, "hex");
  if ("$fill" in value) return Buffer.alloc(value.$fill, 0xa5);
  if ("$date" in value) return new Date(value.$date);
  return value;
});

export const show = (value) => JSON.stringify(mark(value) ?? null);

function mark(value) {
  if (ArrayBuffer.isView(value)) return value.length > longest ? { $sha256: createHash("sha256").update(value).digest("hex") } : { $bytes: Buffer.from(value).toString("hex") };
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Set || Array.isArray(value)) return [...value].map((item) => mark(item) ?? null);
  if (typeof value === "function") return undefined;
  if (value === null || typeof value !== "object") return value;
  // A socket is more than a test wants to know, and has circles.
  if ("handshake" in value) return { id: value.id, rooms: mark(value.rooms), data: mark(value.data), handshake: mark(value.handshake) };
  if (value.constructor !== Object && value.constructor !== undefined) return null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mark(item)]));
}
