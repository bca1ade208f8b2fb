/* The phones, one shown at a time: of those the product is for, and of the team's workers who have a chat of their own. */

import { isOnScreen, keep } from "./dom.js";
import { patients, redraw, workers } from "./live.js";
import { markPane, showPane } from "./panes.js";
import { Phone } from "./phone.js";
import { mark, unread } from "./unread.js";

const choices = document.querySelector("[data-people]");
const pane = document.querySelector("[data-phones]");
const phones = new Map();
let chosen = "";

export function showPeople({ chats }) {
  const people = [...patients(), ...workers()];
  if (!people.some((person) => person.first_name === chosen)) chosen = people[0]?.first_name ?? "";
  keep(choices, people, { key: (person) => person.id, make: choice, fill: () => {} });
  keep(pane, people, { key: (person) => person.id, make: phoneOf, fill: () => {} });

  let news = 0;
  people.forEach((person, place) => {
    const [phone, button] = [phones.get(person.id), choices.children[place]];
    const chat = chats.find(({ id }) => id === person.id);
    phone.element.hidden = person.first_name !== chosen;
    phone.update(person, chat);
    button.setAttribute("aria-pressed", String(person.first_name === chosen));
    const fresh = unread(person.id, chat?.messages ?? [], isOnScreen(phone.element));
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

function choice({ id, first_name: name }) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: name, dir: "auto" });
  if (workers().some((worker) => worker.id === id)) Object.assign(button, { className: "worker", title: "Of the team" });
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
