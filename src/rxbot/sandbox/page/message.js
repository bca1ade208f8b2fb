/* One message of a conversation, and the small lines between messages. */

import { copyOf } from "./dom.js";
import { safe } from "./links.js";
import { nameOf } from "./places.js";
import { timeOf } from "./times.js";

const MEDIA = {
  voice: () => "Voice note",
  photo: () => "Photo",
  document: ({ file_name: name }) => name,
  location: ({ place }) => nameOf(place),
  venue: ({ about }) => about,
  contact: ({ about }) => about,
  sticker: () => "Sticker",
};
const ICONS = { venue: "location", contact: "phone", sticker: "photo" };
const IN_COLOUR = "\ufe0f"; // without it a heart is black

const EVENTS = {
  new_chat_members: ({ who, about }) => (who === about ? `${apart(about)} joined` : `${apart(who)} added ${apart(about)}`),
  pinned_message: ({ who }) => `${apart(who)} pinned a message`,
  forum_topic_created: ({ about }) => `Topic opened: ${apart(about)}`,
  forum_topic_edited: ({ about }) => `Topic renamed: ${apart(about)}`,
  forum_topic_closed: () => "Topic closed",
  forum_topic_reopened: () => "Topic opened again",
};

/** A name may run the other way than the sentence around it. */
const apart = (name) => `\u2068${name}\u2069`;

/** Return a line that says what a message is. */
export function lineOf(message) {
  if (message.service) return EVENTS[message.service]?.(message) ?? message.service;
  return covered(message).split("\n", 1)[0] || MEDIA[message.media]?.(message) || "";
}

/** Return the words of a message with its spoilers blacked out, for where nobody can click on them. */
export function covered({ text, entities }) {
  const spoilers = entities.filter(({ type }) => type === "spoiler");
  return spoilers.reduce(
    (words, { offset, length }) => words.slice(0, offset) + "▒".repeat(length) + words.slice(offset + length),
    text,
  );
}

/** Return who wrote a message, and its line; nobody wrote what just happened. */
export const quoteOf = (message) => ({ who: message.service ? "" : message.who, line: lineOf(message) });

/** The line runs in its own direction and is cut at its own end, whatever direction the name has. */
export function fillQuote(element, { who, line }) {
  const [name, words] = [document.createElement("bdi"), document.createElement("bdi")];
  name.textContent = who && `${who}:`;
  words.textContent = line;
  words.className = "line";
  element.replaceChildren(...(who ? [name, " "] : []), words);
}

export function fillEvent(element, text) {
  element.firstElementChild.textContent = text;
}

/** `thread` knows what can be done: tap(message, data), reply(message), edit(message), and maybe command(text). */
export function fillMessage(element, { message, chat, mine, replied, language }, thread) {
  const focus = focusIn(element);
  const part = (name) => element.querySelector(`.${name}`);
  element.dataset.message = message.id;
  element.dataset.from = message.from_bot ? "bot" : message.who;
  element.classList.toggle("mine", mine);
  part("who").firstElementChild.textContent = message.who;
  part("replied").hidden = !replied;
  if (replied) fillQuote(part("replied"), replied);
  fillMedia(part("media"), message, chat);
  fillText(part("text"), message);
  part("text").hidden = !message.text;
  part("reaction").hidden = !message.reaction;
  part("reaction").textContent = message.reaction + IN_COLOUR;
  part("edited").hidden = !message.edited;
  part("meta").querySelector("time").dateTime = message.at;
  part("meta").querySelector("time").textContent = timeOf(message.at, language);
  fillTools(part("tools"), message, mine, thread);
  if (thread.command) part("text").querySelectorAll(".command").forEach((word) => word.replaceWith(commandButton(word, thread)));
  part("keyboard").replaceChildren(...message.keyboard.map((row) => keyboardRow(row, message, thread)));
  focus.restore();
}

/** A tapped button is often redrawn; whoever came to it by keyboard stays there. */
function focusIn(element) {
  const stops = () => [...element.querySelectorAll("button, a")];
  const at = stops().indexOf(document.activeElement);
  return { restore: () => at >= 0 && (stops()[at] ?? element).focus({ preventScroll: true }) };
}

/** The sandbox made the HTML safe; it is the only one that ever comes in. */
export function fillText(element, message) {
  element.innerHTML = message.html;
  for (const quote of element.querySelectorAll("blockquote")) quote.dir = "auto";
  for (const spoiler of element.querySelectorAll(".spoiler")) cover(spoiler);
}

/** Hide words until somebody wants to see them. */
function cover(spoiler) {
  Object.assign(spoiler, { tabIndex: 0, role: "button", ariaLabel: "Hidden words, press to read" });
  spoiler.classList.add("covered");
  const uncover = (deed) => {
    if (deed.type === "keydown" && deed.key !== "Enter" && deed.key !== " ") return;
    deed.preventDefault(); // a link in there does not open with the same click
    spoiler.classList.remove("covered");
    for (const name of ["tabindex", "role", "aria-label"]) spoiler.removeAttribute(name);
    for (const event of ["click", "keydown"]) spoiler.removeEventListener(event, uncover);
  };
  for (const event of ["click", "keydown"]) spoiler.addEventListener(event, uncover);
}

/** A document is a link: a page opens beside this one, anything else is kept. */
function fillMedia(element, message, chat) {
  const { id, media, file_name: name, file_size: size } = message;
  element.hidden = !media;
  if (!media) return;
  element.querySelector("use").setAttribute("href", `#icon-${ICONS[media] ?? media}`);
  element.querySelector("bdi").textContent = MEDIA[media](message);
  element.querySelector(".size").textContent = name && sizeOf(size);
  if (!name) return;
  Object.assign(element, { href: `/sandbox/files/${chat}/${id}`, rel: "noreferrer" });
  if (/\.html?$/i.test(name)) element.target = "_blank";
  else element.download = name;
}

const sizeOf = (bytes) => (bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} KB`);

/** Anybody's message can be answered, and an own one with words can be changed. */
function fillTools(element, message, mine, thread) {
  const line = `${message.who}: ${lineOf(message).slice(0, 60)}`;
  element.replaceChildren(tool("reply", `Reply to ${line}`, () => thread.reply(message)));
  if (mine && message.text) element.append(tool("edit", `Edit ${line}`, () => thread.edit(message)));
}

function tool(icon, name, then) {
  const button = copyOf("tool");
  button.querySelector("use").setAttribute("href", `#icon-${icon}`);
  button.setAttribute("aria-label", name);
  button.title = name.split(" ")[0];
  button.addEventListener("click", then);
  return button;
}

function keyboardRow(keys, message, thread) {
  const row = document.createElement("div");
  row.className = "row";
  row.append(...keys.map((key) => (key.url ? linkKey(key) : tapKey(key, message, thread))));
  return row;
}

function tapKey({ text, data }, message, thread) {
  const button = plainButton("key", text, () => thread.tap(message, data));
  button.dataset.button = data;
  return button;
}

function linkKey({ text, url }) {
  const link = document.createElement("a");
  Object.assign(link, { className: "key", textContent: text, dir: "auto", target: "_blank", rel: "noreferrer" });
  if (safe(url)) link.href = url;
  return link;
}

function commandButton(word, thread) {
  return plainButton("command", word.textContent, () => thread.command(word.textContent));
}

function plainButton(kind, text, then) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: kind, textContent: text, dir: "auto" });
  button.addEventListener("click", then);
  return button;
}
