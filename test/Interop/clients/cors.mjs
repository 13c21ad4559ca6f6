// A page of one origin, a server of another.
import { launch } from "./browser.mjs";
import { check, equal, main, settings } from "./report.mjs";

let browser;

/** In the page: loads the client from the server, connects and asks for an echo. */
const tryToConnect = async ({ url, module, options }) => {
  const load = async () => {
    if (module) return (await import(`${url}/socket.io/socket.io.esm.min.js`)).io;
    const script = document.createElement("script");
    script.src = `${url}/socket.io/socket.io.min.js`;
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error("the script was refused"));
      document.head.append(script);
    });
    return globalThis.io;
  };

  let io;
  try {
    io = await load();
  } catch (error) {
    return { loaded: false, message: error.message };
  }

  const socket = io(url, { reconnection: false, forceNew: true, ...options });
  const answer = await new Promise((resolve) => {
    socket.on("connect_error", (error) => resolve({ loaded: true, connected: false, message: error.message }));
    socket.on("connect", async () => {
      const echo = await socket.emitWithAck("echo ack", "hello");
      const { engine } = socket.io;
      if (engine.transport.name !== "websocket" && options?.upgrade !== false) await new Promise((upgraded) => engine.once("upgrade", upgraded));
      const cookie = await socket.emitWithAck("cookie");
      resolve({ loaded: true, connected: true, echo, transport: engine.transport.name, cookie });
    });
  });
  socket.disconnect();
  return answer;
};

await main(async () => {
  browser = await launch();
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(settings.page);
  check("the page has another origin", await page.evaluate(() => location.origin) !== new URL(settings.url).origin);
  if (settings.cookie) await page.context().addCookies([{ name: "visitor", value: "Ada", url: settings.url }]);

  const outcome = await page.evaluate(tryToConnect, { url: settings.url, module: settings.module ?? false, options: settings.options ?? {} });
  equal("the outcome", outcome, settings.outcome);
  const complained = complaints.some((text) => text.includes("has been blocked by CORS policy"));
  equal("the browser complains of CORS", complained, settings.outcome.connected !== true);
}, () => browser?.close());
