// What a script tells the test that started it: one JSON object a line. A check that fails does not end the script.
import { createInterface } from "node:readline";
import { isDeepStrictEqual, inspect } from "node:util";

/** What the test gave: the URL, the client's major version, the transports … */
export const settings = JSON.parse(process.argv[2] ?? "{}");

const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");

export function check(name, ok, detail) {
  say(ok ? { check: name, ok: true } : { check: name, ok: false, detail: detail === undefined ? "" : inspect(detail, { depth: 6 }) });
}

export function equal(name, actual, expected) {
  const [a, e] = [plain(actual), plain(expected)];
  check(name, isDeepStrictEqual(a, e), { actual: a, expected: e });
}

/** Bytes in whatever container a client delivers them, as text that can be compared. */
export function plain(value) {
  if (value instanceof ArrayBuffer) return `bytes:${Buffer.from(value).toString("hex")}`;
  if (ArrayBuffer.isView(value)) return `bytes:${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return value;
}

const input = createInterface({ input: process.stdin });
const lines = input[Symbol.asyncIterator]();

/** Asks the test to do something to the server, and waits until it is done. */
export async function ask(what) {
  say({ ask: what });
  return (await lines.next()).value;
}

/** Rejects when a promise takes too long, and says which. */
export function within(promise, what, ms = 10_000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms in vain: ${what}`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the script's body and ends the process. */
export async function main(body, cleanUp = async () => {}) {
  try {
    await body();
  } catch (error) {
    check("the script runs to its end", false, error);
  }
  try {
    await cleanUp();
  } catch (error) {
    check("the script cleans up", false, error);
  }
  say({ end: true });
  // The process ends by itself when the last request, perhaps a farewell, is through.
  input.close();
  process.stdin.destroy();
  setTimeout(() => process.exit(3), 5000).unref();
}
