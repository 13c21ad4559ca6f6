// A page whose .NET runs in WebAssembly: what it writes to the console.
import { launch } from "./browser.mjs";
import { equal, main, settings, within } from "./report.mjs";

let browser;

await main(async () => {
  browser = await launch();
  const page = await browser.newPage();
  const lines = [];
  await page.goto(settings.url, { waitUntil: "commit" });
  const done = new Promise((resolve) => page.on("console", (message) => {
    lines.push(message.text());
    if (/^(done|failed)/.test(lines.at(-1))) resolve();
  }));
  await within(done, "the page", 60_000).catch((error) => lines.push(String(error)));
  equal("the console shows", lines, settings.lines);
}, () => browser?.close());
