/* The team's group: its topics, the one that is open, and as whom one writes there. */

import { copiesOf, copyOf, isOnScreen, keep, write } from "./dom.js";
import { act, groups, now, redraw } from "./live.js";
import { fillQuote, fillText, lineOf, quoteOf } from "./message.js";
import { markPane } from "./panes.js";
import { Thread } from "./thread.js";
import { fillBadge, unread } from "./unread.js";

const GENERAL = { id: 0, name: "General", closed: false };

const room = document.querySelector("[data-team]");
const writer = document.querySelector("[data-writer]");
const threads = new Map();
let chosen = GENERAL.id;

const part = (selector) => room.querySelector(selector);
const writerId = () => Number(writer.value);

export function showTeam() {
  const group = groups()[0];
  if (!group) return;
  if (!part(".topic")) furnish();
  write(document.querySelector("[data-team-title]"), group.title);
  showWriters(group);
  const topics = topicsOf(group);
  if (!topics.some((topic) => topic.id === chosen)) chosen = GENERAL.id;
  showTopic(group, topics.find((topic) => topic.id === chosen));
  showTopics(group, topics);
}

function furnish() {
  room.replaceChildren(...copiesOf("team"));
  part("[data-back]").addEventListener("click", () => {
    look("topics");
    part(`[data-show-topic="${chosen}"]`).focus();
  });
  writer.parentElement.hidden = false;
  writer.addEventListener("change", redraw);
}

/** Where there is no room for both, show the topics or the one that is open. */
function look(view) {
  room.dataset.view = view;
  redraw();
}

/** The group's topics and General, with their messages, the newest activity first. */
function topicsOf(group) {
  const newest = (topic) => topic.messages.at(-1)?.id ?? 0;
  return [GENERAL, ...group.topics]
    .map((topic) => ({ ...topic, messages: group.messages.filter((message) => message.topic === topic.id) }))
    .sort((one, other) => newest(other) - newest(one));
}

function showWriters(group) {
  const members = now().people.filter((person) => group.members.includes(person.id));
  keep(writer, members, {
    key: ({ id }) => id,
    make: ({ id }) => new Option("", id),
    fill: (option, { first_name }) => (option.textContent = first_name),
  });
}

function showTopics(group, topics) {
  const items = topics.map((topic) => ({
    id: topic.id,
    name: topic.name,
    closed: topic.closed,
    current: topic.id === chosen,
    last: topic.messages.length ? quoteOf(topic.messages.at(-1)) : { who: "", line: "" },
    unread: unread(`${group.id} ${topic.id}`, topic.messages, topic.id === chosen && isOnScreen(part(".topic"))),
  }));
  keep(part(".topics ul"), items, { key: ({ id }) => id, make: topicLine, fill: fillTopicLine });
  markPane("team", items.reduce((sum, item) => sum + item.unread, 0));
}

function topicLine({ id }) {
  const line = copyOf("topic");
  line.firstElementChild.dataset.showTopic = id;
  line.firstElementChild.addEventListener("click", () => {
    chosen = id;
    look("topic");
  });
  return line;
}

function fillTopicLine(line, { name, closed, current, last, unread: fresh }) {
  line.firstElementChild.setAttribute("aria-current", String(current));
  line.querySelector(".title").textContent = name;
  line.querySelector(".closed").hidden = !closed;
  fillQuote(line.querySelector(".last"), last);
  fillBadge(line.querySelector(".unread"), fresh);
}

function showTopic(group, topic) {
  if (!threads.has(topic.id)) threads.set(topic.id, threadOf(group.id, topic));
  // Those not shown stay in the page, or they would forget how far they were read and what was half typed.
  for (const [id, { element }] of threads) element.hidden = id !== topic.id;
  threads.get(topic.id).update(topic.messages, writerId());
  write(part(".topic-head .title"), topic.name);
  part(".topic-head .closed").hidden = !topic.closed;
  part("[data-hint=open]").hidden = topic.closed;
  part("[data-hint=closed]").hidden = !topic.closed;
  showPinned(topic.messages.findLast((message) => message.pinned));
}

function showPinned(message) {
  const pinned = part("[data-pinned]");
  pinned.hidden = !message;
  if (!message || pinned.dataset.of === `${message.id} ${message.html}`) return;
  pinned.dataset.of = `${message.id} ${message.html}`;
  pinned.querySelector(".first-line").textContent = lineOf(message);
  fillText(pinned.querySelector(".text"), message);
}

function threadOf(chat, { id: topic, name }) {
  const slashR = copyOf("team-tool");
  const does = (deed, more) => act({ who: writerId(), chat, topic, do: deed, ...more });
  const thread = new Thread({ name, chat, language: "en", does, tools: [slashR] });
  thread.element.dataset.thread = topic;
  slashR.addEventListener("click", () => {
    thread.field.value = `/r ${thread.field.value.replace(/^\/r\s*/, "")}`;
    thread.field.focus();
  });
  part(".threads").append(thread.element);
  return thread;
}
