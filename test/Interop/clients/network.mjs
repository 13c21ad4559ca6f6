// The requests of a page that connects, as the browser's network monitor shows them.
import { launch } from "./browser.mjs";
import { check, equal, main, settings, within } from "./report.mjs";

let browser;

const connect = () => new Promise((resolve, reject) => {
  const socket = globalThis.io({ auth: { token: "abcd" } });
  socket.on("connect_error", reject);
  socket.on("connect", () => socket.io.engine.once("upgrade", () => resolve({ id: socket.id, sid: socket.io.engine.id })));
});

await main(async () => {
  browser = await launch();
  const page = await browser.newPage();
  const requests = [];
  const sockets = [];
  page.on("request", (request) => request.url().includes("EIO=4") && requests.push(request));
  page.on("websocket", (socket) => {
    const frames = [];
    sockets.push({ url: socket.url(), frames });
    socket.on("framesent", ({ payload }) => frames.push(`> ${payload}`));
    socket.on("framereceived", ({ payload }) => frames.push(`< ${payload}`));
  });
  await page.goto(settings.url);
  const { id, sid } = await within(page.evaluate(connect), "the upgrade");

  const seen = await Promise.all(requests.map(async (request) => {
    const response = await request.response();
    return { method: request.method(), sid: new URL(request.url()).searchParams.get("sid"), sent: request.postData(), status: response.status(), received: await response.text() };
  }));
  check("the handshake comes first", seen[0]?.received.startsWith(`0{"sid":"${sid}","upgrades":["websocket"]`), seen[0]);
  equal("it has no session yet", [seen[0].method, seen[0].sid, seen[0].status], ["GET", null, 200]);
  equal("then what the client asks for, and its grant; the last poll is ended by the upgrade", seen.slice(1), [
    { method: "POST", sid, sent: '40{"token":"abcd"}', status: 200, received: "ok" },
    { method: "GET", sid, sent: null, status: 200, received: `40{"sid":"${id}"}` },
    { method: "GET", sid, sent: null, status: 200, received: "6" },
  ]);
  equal("one WebSocket, of this session", sockets.map(({ url }) => new URL(url).searchParams.get("sid")), [sid]);
  equal("is probed and taken", sockets[0].frames.slice(0, 3), ["> 2probe", "< 3probe", "> 5"]);
}, () => browser?.close());
