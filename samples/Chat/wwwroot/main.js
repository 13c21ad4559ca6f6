"use strict";

const SUGGESTED_ROOMS = ["general", "dotnet", "random"];
const TYPING_PAUSE_MS = 1500; // without a key press, we no longer type
const TYPING_EXPIRY_MS = 5000; // without a word from them, others no longer type

const $ = (id) => document.getElementById(id);

// Everything that comes from others is put into the page with textContent, never as markup.
const element = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

let name = sessionStorage.getItem("name") ?? "";
let room = decodeURIComponent(location.hash.slice(1)) || "general";
let people = []; // { id, name, room } of everybody online

// The function is asked again at every reconnection: we come back into the room we were in.
const socket = io({ autoConnect: false, auth: (send) => send({ name, room }) });

/* ---- Entering ---- */

function showWelcome(error = "") {
  $("chat").hidden = true;
  $("welcome").hidden = false;
  $("welcome-error").textContent = error;
  $("name").value = name;
  $("room").value = room;
  $("known-rooms").replaceChildren(...SUGGESTED_ROOMS.map((known) => new Option(known)));
  $("name").focus();
}

function enterChat() {
  $("welcome").hidden = true;
  $("chat").hidden = false;
  showRoom();
  $("message").focus();
  socket.connect();
}

$("welcome-form").addEventListener("submit", (event) => {
  event.preventDefault();
  name = $("name").value.trim();
  room = roomName($("room").value);
  if (!name || !room) return;
  sessionStorage.setItem("name", name);
  enterChat();
});

/* ---- Connection ---- */

function showConnection(state, text) {
  $("connection").dataset.state = state;
  $("connection-text").textContent = text;
}

function showTransport() {
  const transport = socket.io.engine.transport.name;
  const connection = $("connection");
  connection.dataset.transport = transport;
  connection.dataset.history = `${connection.dataset.history ?? ""} ${transport}`.trim();
  connection.title = `Transports so far: ${connection.dataset.history.replaceAll(" ", " → ")}`;
  if (socket.connected) showConnection("online", `Connected · ${transport}`);
}

let wasConnected = false;

// The connection starts with HTTP long-polling and is upgraded to WebSocket when that works.
socket.io.on("open", () => {
  showTransport();
  socket.io.engine.once("upgrade", showTransport);
});

socket.on("connect", () => {
  showConnection("online", `Connected · ${socket.io.engine.transport.name}`);
  if (wasConnected) addNotice("You are back.");
  wasConnected = true;
});

socket.on("disconnect", (reason) => {
  const comesBack = socket.active;
  showConnection(comesBack ? "reconnecting" : "offline", comesBack ? "Reconnecting…" : "Disconnected");
  addNotice(`Connection lost (${reason}).`);
  clearTyping();
});

socket.on("connect_error", (error) => {
  if (socket.active) {
    showConnection("reconnecting", wasConnected ? "Reconnecting…" : "Connecting…");
  } else {
    // The server refused us, and told why.
    sessionStorage.removeItem("name");
    showWelcome(error.message);
  }
});

socket.io.on("reconnect_attempt", (attempt) => {
  showConnection("reconnecting", `Reconnecting (attempt ${attempt})…`);
});

/* ---- Rooms and people ---- */

const roomName = (text) => text.trim().replace(/^#+\s*/, "").toLowerCase();

function switchRoom(to) {
  if (!to || to === room) return;
  stopTyping();
  room = to;
  clearTyping();
  $("messages").replaceChildren();
  lastAuthor = undefined;
  showRoom();
  // Not while disconnected: the room travels with the reconnection.
  if (socket.connected) socket.emit("join", room);
}

function showRoom() {
  $("room-name").textContent = room;
  history.replaceState(null, "", `#${encodeURIComponent(room)}`);
  showPeople();
}

function showPeople() {
  const counts = new Map(SUGGESTED_ROOMS.concat(room).map((known) => [known, 0]));
  for (const person of people) counts.set(person.room, (counts.get(person.room) ?? 0) + 1);

  $("rooms").replaceChildren(...[...counts].map(([known, count]) => {
    const button = element("button", "room");
    button.type = "button";
    button.append(element("span", "", `# ${known}`));
    if (count > 0) {
      const badge = element("span", "count", count);
      badge.setAttribute("aria-label", `${count} online`);
      button.append(badge);
    }
    if (known === room) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => {
      switchRoom(known);
      $("message").focus();
    });
    const item = element("li");
    item.append(button);
    return item;
  }));

  $("people-count").textContent = people.length;
  const here = counts.get(room);
  $("room-people").textContent = here === 1 ? "1 person here" : `${here} people here`;
  $("people").replaceChildren(...[...people]
    .sort((a, b) => (b.id === socket.id) - (a.id === socket.id) || a.name.localeCompare(b.name))
    .map((person) => {
      const item = element("li");
      item.append(avatar(person.name), element("span", "name", person.name));
      item.append(element("span", "muted", person.id === socket.id ? "you" : `# ${person.room}`));
      return item;
    }));
}

socket.on("people", (everybody) => {
  people = everybody;
  showPeople();
});

socket.on("user joined", (person) => addNotice(`${person.name} joined.`));

socket.on("user left", (person) => {
  setTyping(person, false);
  addNotice(`${person.name} left.`);
});

$("room-form").addEventListener("submit", (event) => {
  event.preventDefault();
  switchRoom(roomName($("new-room").value));
  $("new-room").value = "";
});

addEventListener("hashchange", () => switchRoom(roomName(decodeURIComponent(location.hash.slice(1)))));

/* ---- Messages ---- */

let lastAuthor;

function hue(text) {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + character.codePointAt(0)) % 997;
  return (hash * 137.5) % 360; // the golden angle keeps neighbours apart
}

function avatar(who) {
  const node = element("span", "avatar", [...who][0].toUpperCase());
  node.setAttribute("aria-hidden", "true");
  node.style.setProperty("--hue", hue(who));
  return node;
}

function append(item) {
  const messages = $("messages");
  const atBottom = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80;
  messages.append(item);
  // Somebody who reads further up is not pulled down.
  if (atBottom) messages.scrollTop = messages.scrollHeight;
}

function addNotice(text) {
  lastAuthor = undefined;
  append(element("li", "notice", text));
}

function addMessage(author, text) {
  const isOwn = author.id === socket.id;
  const item = element("li", isOwn ? "message own" : "message");
  if (lastAuthor === author.id) {
    item.classList.add("more");
  } else {
    const now = new Date();
    const time = element("time", "", now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
    time.dateTime = now.toISOString();
    const head = element("p", "head");
    head.append(element("strong", "", isOwn ? "You" : author.name), time);
    item.append(avatar(author.name), head);
  }
  item.append(element("p", "text", text));
  lastAuthor = author.id;
  append(item);
}

socket.on("message", (author, text) => {
  setTyping(author, false);
  addMessage(author, text);
});

$("message-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("message").value.trim();
  if (!text) return;
  stopTyping();
  // While disconnected, the client keeps it and sends it after the reconnection.
  socket.emit("message", text);
  $("message").value = "";
  $("messages").scrollTop = $("messages").scrollHeight;
});

/* ---- Typing ---- */

const typists = new Map(); // id → { name, timer }
let typingTimer;

function setTyping(person, isTyping) {
  clearTimeout(typists.get(person.id)?.timer);
  typists.delete(person.id);
  if (isTyping) {
    const timer = setTimeout(() => setTyping(person, false), TYPING_EXPIRY_MS);
    typists.set(person.id, { name: person.name, timer });
  }
  showTyping();
}

function clearTyping() {
  for (const { timer } of typists.values()) clearTimeout(timer);
  typists.clear();
  showTyping();
}

function showTyping() {
  const names = [...typists.values()].map((typist) => typist.name);
  $("typing").textContent =
    names.length === 0 ? "" :
    names.length === 1 ? `${names[0]} is typing…` :
    names.length === 2 ? `${names[0]} and ${names[1]} are typing…` : "Several people are typing…";
}

socket.on("typing", setTyping);

$("message").addEventListener("input", () => {
  // Volatile: a typing sign that cannot leave now is not worth sending later.
  if (typingTimer === undefined) socket.volatile.emit("typing", true);
  clearTimeout(typingTimer);
  typingTimer = setTimeout(stopTyping, TYPING_PAUSE_MS);
});

function stopTyping() {
  if (typingTimer === undefined) return;
  clearTimeout(typingTimer);
  typingTimer = undefined;
  socket.volatile.emit("typing", false);
}

if (name) enterChat();
else showWelcome();
