// Two people meet in the chat sample; its server is killed and started again meanwhile.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { ask, check, equal, main, settings } from "./report.mjs";

let browser;
const faults = [];
const strangers = new Set();

async function open(fragment = "") {
  const context = await browser.newContext({ viewport: { width: 1100, height: 720 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(settings.url).origin) strangers.add(request.url());
  });
  await page.goto(settings.url + fragment);
  return page;
}

async function enter(name, fragment) {
  const page = await open(fragment);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Join" }).click();
  await online(page);
  return page;
}

const connection = (page) => page.locator("#connection");
const online = (page) => page.locator('#connection[data-state="online"][data-transport="websocket"]').waitFor();
const message = (page, text) => page.locator(".message .text", { hasText: text });
const notice = (page, text) => page.locator(".notice", { hasText: text });
const person = (page, name) => page.locator("#people li", { hasText: name });
const box = (page) => page.getByLabel("Message", { exact: true });

async function say(page, text) {
  await box(page).fill(text);
  await box(page).press("Enter");
}

async function picture(page, name) {
  if (!settings.pictures) return;
  mkdirSync(settings.pictures, { recursive: true });
  await page.screenshot({ path: join(settings.pictures, `${name}.png`) });
}

async function meet(ada, grace) {
  equal("the connection began with polling and was upgraded", await connection(ada).getAttribute("data-history"), "polling websocket");
  await person(ada, "Grace").waitFor();
  await person(grace, "Ada").waitFor();
  equal("the number of users", await ada.locator("#people-count").textContent(), "2");
  equal("one of them is you", await person(ada, "Ada").locator(".muted").textContent(), "you");
  await notice(ada, "Grace joined.").waitFor();

  await say(ada, "Hello, Grace!");
  await message(grace, "Hello, Grace!").waitFor();
  equal("a message bears its author", await grace.locator(".message strong").textContent(), "Ada");
  await message(ada, "Hello, Grace!").waitFor();
  equal("the author hears it once", await message(ada, "Hello, Grace!").count(), 1);

  await box(grace).pressSequentially("Hello, A");
  await ada.getByText("Grace is typing…").waitFor();
  equal("the typist is not told", await grace.locator("#typing").textContent(), "");
  await picture(ada, "typing");
  await say(grace, "Hello, Ada! 👋🏽 <img src=x onerror=alert(1)>");
  await message(ada, "Hello, Ada! 👋🏽 <img src=x onerror=alert(1)>").waitFor();
  await ada.locator("#typing:empty").waitFor();
  equal("markup is text", await ada.locator(".messages img").count(), 0);

  await say(ada, "");
  await say(grace, "second");
  await message(ada, "second").waitFor();
  equal("an empty message is not sent", await ada.locator(".message").count(), 3);
}

async function changeRooms(ada, grace) {
  await grace.getByRole("button", { name: "# dotnet" }).click();
  await notice(ada, "Grace left.").waitFor();
  await ada.locator("#people li", { hasText: "# dotnet" }).waitFor();
  equal("the room has its name", await grace.locator("#room-name").textContent(), "dotnet");
  equal("a room begins empty", await grace.locator(".message").count(), 0);

  await say(grace, "Anybody in dotnet?");
  await message(grace, "Anybody in dotnet?").waitFor();
  await say(ada, "Still in general.");
  await message(ada, "Still in general.").waitFor();
  equal("rooms do not hear each other", [await message(ada, "Anybody").count(), await message(grace, "Still").count()], [0, 0]);

  for (const page of [ada, grace]) {
    await page.getByLabel("Open another room").fill("Café ☕");
    await page.getByRole("button", { name: "Open room" }).click();
  }
  await notice(ada, "Grace joined.").waitFor();
  await ada.locator("#room-people", { hasText: "2 people here" }).waitFor();
  await say(ada, "Coffee?");
  await message(grace, "Coffee?").waitFor();
}

async function surviveRestart(ada, grace) {
  await ask("kill");
  for (const page of [ada, grace]) await page.locator('#connection[data-state="reconnecting"]').waitFor();
  await picture(ada, "reconnecting");
  await say(ada, "Written while offline");
  equal("it is not shown before it is sent", await message(ada, "Written").count(), 0);

  await ask("start");
  await Promise.all([online(ada), online(grace)]);
  await notice(ada, "You are back.").waitFor();
  equal("upgraded again", await connection(grace).getAttribute("data-history"), "polling websocket polling websocket");
  await message(ada, "Written while offline").waitFor();
  await ada.locator("#room-people", { hasText: "2 people here" }).waitFor();
  await say(grace, "Back in our room");
  await message(ada, "Back in our room").waitFor();
}

async function leave(ada, grace) {
  await grace.context().close();
  await notice(ada, "Grace left.").waitFor();
  await ada.locator("#people-count", { hasText: /^1$/ }).waitFor();
  await picture(ada, "alone");

  await ada.reload();
  await online(ada);
  equal("name and room outlive a reload", [await ada.locator("#room-name").textContent(), await person(ada, "you").locator(".name").textContent()], ["café ☕", "Ada"]);
}

async function beRefused() {
  const page = await open();
  await page.evaluate(() => sessionStorage.setItem("name", "x".repeat(25)));
  await page.reload();
  await page.getByText("Names and rooms have 1 to 24 characters.").waitFor();
  check("one may try again", await page.getByLabel("Your name").isVisible());
}

await main(async () => {
  browser = await launch();
  const ada = await enter("Ada");
  const grace = await enter("Grace");
  await meet(ada, grace);
  await changeRooms(ada, grace);
  await surviveRestart(ada, grace);
  await leave(ada, grace);
  await beRefused();
  const guest = await enter("Linus", "#random");
  equal("a link leads to a room", await guest.locator("#room-name").textContent(), "random");
  equal("the page has no faults", faults, []);
  equal("it asks nothing of other hosts", [...strangers], []);
}, () => browser?.close());
