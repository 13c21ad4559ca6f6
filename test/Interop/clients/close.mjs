// The engine closes while the client's poll waits, or while it has none.
import { create, disconnectAll, next } from "./clients.mjs";
import { ask, equal, main, settings, within } from "./report.mjs";

await main(async () => {
  const socket = create();
  // The last that the server says by itself.
  await next(socket, "hello");
  // The request forgets its answer after the event.
  const lost = new Promise((resolve) =>
    socket.once("disconnect", (reason, { description, context }) => resolve([reason, description, context?.responseText])));
  await ask(settings.pending ? "close" : "answer the poll and close");
  equal("the client is told, or finds its session gone", await within(lost, "the end"), settings.pending
    ? ["transport close", "transport closed by the server", undefined]
    : ["transport error", 400, '{"code":1,"message":"Session ID unknown"}']);
}, disconnectAll);
