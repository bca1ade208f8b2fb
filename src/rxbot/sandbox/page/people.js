/* The phones of those the product is for, one shown at a time. */

import { isOnScreen, keep } from "./dom.js";
import { patients, redraw } from "./live.js";
import { markPane, showPane } from "./panes.js";
import { Phone } from "./phone.js";
import { mark, unread } from "./unread.js";

const choices = document.querySelector("[data-people]");
const pane = document.querySelector("[data-phones]");
const phones = new Map();
let chosen = "";

export function showPeople({ chats }) {
  const people = patients();
  if (!people.some((person) => person.first_name === chosen)) chosen = people[0]?.first_name ?? "";
  keep(choices, people, { key: (person) => person.id, make: choice, fill: () => {} });
  keep(pane, people, { key: (person) => person.id, make: phoneOf, fill: () => {} });

  let news = 0;
  people.forEach((person, place) => {
    const [phone, button] = [phones.get(person.id), choices.children[place]];
    const messages = chats.find((chat) => chat.id === person.id)?.messages ?? [];
    phone.element.hidden = person.first_name !== chosen;
    phone.update(person, messages);
    button.setAttribute("aria-pressed", String(person.first_name === chosen));
    const fresh = unread(person.id, messages, isOnScreen(phone.element));
    mark(button, fresh);
    news += fresh;
  });
  markPane("person", news);
}

/** Bring somebody's phone to the front. */
export function showPerson(name) {
  chosen = name;
  showPane("person");
}

/** Open a link on somebody's phone and show what comes of it. */
export async function openOnPhoneOf(name, payload) {
  showPerson(name);
  await phones.get(patients().find((person) => person.first_name === name).id).opens(payload);
}

function choice({ first_name: name }) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: name, dir: "auto" });
  button.dataset.showPerson = name;
  button.addEventListener("click", () => {
    chosen = name;
    redraw();
  });
  return button;
}

function phoneOf(person) {
  phones.set(person.id, new Phone(person));
  return phones.get(person.id).element;
}
