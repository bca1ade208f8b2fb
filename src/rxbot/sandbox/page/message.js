/* One message of a conversation, and the small lines between messages. */

import { safe } from "./links.js";
import { timeOf } from "./times.js";

const MEDIA = { voice: "Voice note", photo: "Photo" };

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
  return message.text.split("\n", 1)[0] || MEDIA[message.media] || "";
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

/** `hooks`: tap(message, data), and where there are any reply(message) and command(text). */
export function fillMessage(element, { message, mine, replied, language }, hooks) {
  const focus = focusIn(element);
  const part = (name) => element.querySelector(`.${name}`);
  element.dataset.message = message.id;
  element.dataset.from = message.from_bot ? "bot" : message.who;
  element.classList.toggle("mine", mine);
  part("who").firstElementChild.textContent = message.who;
  part("replied").hidden = !replied;
  if (replied) fillQuote(part("replied"), replied);
  fillMedia(part("media"), message.media);
  fillText(part("text"), message);
  part("text").hidden = !message.text;
  part("edited").hidden = !message.edited;
  part("meta").querySelector("time").dateTime = message.at;
  part("meta").querySelector("time").textContent = timeOf(message.at, language);
  part("meta").querySelector(".reply")?.remove();
  if (hooks.reply) part("meta").append(replyButton(message, hooks));
  if (hooks.command) part("text").querySelectorAll(".command").forEach((word) => word.replaceWith(commandButton(word, hooks)));
  part("keyboard").replaceChildren(...message.keyboard.map((row) => keyboardRow(row, message, hooks)));
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
}

function fillMedia(element, kind) {
  element.hidden = !kind;
  element.querySelector("use").setAttribute("href", `#icon-${kind}`);
  element.querySelector("span").textContent = MEDIA[kind] ?? kind;
}

function keyboardRow(keys, message, hooks) {
  const row = document.createElement("div");
  row.className = "row";
  row.append(...keys.map((key) => (key.url ? linkKey(key) : tapKey(key, message, hooks))));
  return row;
}

function tapKey({ text, data }, message, hooks) {
  const button = plainButton("key", text, () => hooks.tap(message, data));
  button.dataset.button = data;
  return button;
}

function linkKey({ text, url }) {
  const link = document.createElement("a");
  Object.assign(link, { className: "key", textContent: text, dir: "auto", target: "_blank", rel: "noreferrer" });
  if (safe(url)) link.href = url;
  return link;
}

function replyButton(message, hooks) {
  const button = plainButton("reply", "Reply", () => hooks.reply(message));
  button.setAttribute("aria-label", `Reply to ${message.who}: ${lineOf(message).slice(0, 60)}`);
  return button;
}

function commandButton(word, hooks) {
  return plainButton("command", word.textContent, () => hooks.command(word.textContent));
}

function plainButton(kind, text, then) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: kind, textContent: text, dir: "auto" });
  button.addEventListener("click", then);
  return button;
}
