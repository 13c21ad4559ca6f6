import { connected, create } from "../../clients.mjs";
import { ask, check, delay, equal, within } from "../../report.mjs";

// A promise that nobody handles ends the process, and fails the test.
async function talk(socket, log) {
  for (let number = 0; !log.over; number++) {
    try {
      log.answers.push((await socket.timeout(3000).emitWithAck("number", number)) === number);
      if (log.back) log.since++;
    } catch {
      log.failed++;
    }
  }
}

export default async function () {
  const logs = [];
  const talks = [];
  for (const options of [{}, { transports: ["polling"] }, { transports: ["websocket"] }]) {
    const log = { answers: [], failed: 0, since: 0, reasons: [], back: false, over: false };
    const socket = create("/", { reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 200, ...options });
    socket.on("disconnect", (reason) => log.reasons.push(reason));
    socket.io.on("reconnect", () => (log.back = true));
    logs.push(log);
    await connected(socket);
    talks.push(talk(socket, log));
  }

  const until = (condition, what) => within((async () => { while (!logs.every(condition)) await delay(10); })(), what, 20_000);
  await until((log) => log.answers.length > 20, "the traffic");
  await ask("restart");
  await until((log) => log.since > 20, "the traffic with the new server");
  for (const log of logs) log.over = true;
  await Promise.all(talks);
  for (const log of logs) {
    check("each answer belongs to its question", log.answers.every((right) => right), log);
    check("at most what was under way failed", log.failed <= 1, log.failed);
    equal("the client saw one end", log.reasons.length, 1);
    check("and not as a dismissal, so that it comes back", ["transport close", "transport error"].includes(log.reasons[0]), log.reasons);
  }
}
