/* What is said beside the conversations: toasts after taps, complaints, and news for those who listen to the page. */

import { covered, lineOf } from "./message.js";

const announcer = document.querySelector("[data-announcer]");
const TOAST_SECONDS = 6;
const FADE_SECONDS = 0.4; // as in page.css
const MOST_TOASTS = 3; // in a pane
const HEARD_SECONDS = 10;

document.addEventListener("keydown", (press) => {
  if (press.key === "Escape") document.querySelectorAll("[data-toast]").forEach((shown) => shown.remove());
});

let toastsShown = -1; // before the first look; what was said before the page opened is old

/** Show what the bot answered to taps since the last look. */
export function showToasts({ toasts, people }) {
  const fresh = toastsShown < 0 ? [] : toasts.slice(toastsShown);
  toastsShown = toasts.length;
  for (const { user, chat, text, alert } of fresh.filter((answer) => answer.text)) {
    toast(chat, people.find((person) => person.id === user).first_name, text, alert);
  }
}

/** Say why something could not be done in a chat. */
export const complain = (chat, text) => toast(chat, "", text, true);

function toast(chat, name, text, stays) {
  const shown = document.createElement("div");
  shown.className = stays ? "toast stays" : "toast";
  shown.dataset.toast = name;
  shown.append(paragraph(name, "to"), paragraph(text, "words"));
  if (stays) shown.append(okay(() => shown.remove()));
  else setTimeout(() => fade(shown), TOAST_SECONDS * 1000);
  const pane = chat < 0 ? "team" : "person"; // a group's id is negative, in Telegram too
  const toasts = document.querySelector(`[data-toasts=${pane}]`);
  toasts.append(shown);
  [...toasts.children].slice(0, -MOST_TOASTS).forEach((older) => older.remove());
}

function fade(shown) {
  shown.classList.add("going");
  setTimeout(() => shown.remove(), FADE_SECONDS * 1000);
}

function paragraph(text, kind) {
  const made = document.createElement("p");
  made.className = kind;
  made.dir = "auto";
  made.textContent = text;
  return made;
}

function okay(then) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "OK";
  button.addEventListener("click", then);
  return button;
}

/** Say it to a screen reader. */
export function announce(text) {
  const said = document.createElement("p");
  said.textContent = text;
  announcer.append(said);
  setTimeout(() => said.remove(), HEARD_SECONDS * 1000);
}

const heard = new Map();
let listening = false;

/** Announce what the bot wrote since the last look. */
export function announceNews({ chats }) {
  for (const chat of chats) {
    const last = heard.get(chat.id) ?? 0;
    const fresh = chat.messages.filter((message) => message.id > last && message.from_bot && !message.service);
    if (listening) for (const message of fresh) announce(`${message.who}, ${chat.title}: ${covered(message) || lineOf(message)}`);
    heard.set(chat.id, chat.messages.at(-1)?.id ?? 0);
  }
  listening = true;
}
