// How a server talks with the test that started it: JSON lines over stdin and stdout. It ends when its stdin does, so that it never outlives the test.
import { createInterface } from "node:readline";

/** What the test gave on the command line. */
export const options = JSON.parse(process.argv[2] ?? "{}");

export function report(event, data = {}) {
  process.stdout.write(JSON.stringify({ event, ...data }) + "\n");
}

/** Listens on the port that the test asks for, answers its commands from then on. */
export async function serve(http, commands) {
  if (options.log) {
    const log = ({ method, url, headers }) => report("request", { method, url, headers });
    // Before the server, which has attached itself and keeps its requests from others.
    http.prependListener("request", log);
    http.prependListener("upgrade", log);
  }
  http.on("error", (error) => fail(error.message));
  await new Promise((resolve) => http.listen(options.port ?? 0, "127.0.0.1", resolve));
  const lines = createInterface({ input: process.stdin });
  lines.on("line", async (line) => {
    const { id, command, args } = JSON.parse(line);
    try {
      report("reply", { id, result: (await commands[command](...args)) ?? null });
    } catch (error) {
      report("reply", { id, error: String(error?.message ?? error) });
    }
  });
  lines.on("close", () => process.exit());
  report("listening", { port: http.address().port });
}

function fail(message) {
  process.stderr.write(message + "\n");
  process.exit(1);
}
