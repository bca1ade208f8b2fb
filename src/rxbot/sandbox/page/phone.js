/* Somebody's phone with the chat with the bot. It keeps what is being typed there while another phone is looked at. */

import { askLink } from "./asking.js";
import { copiesOf, copyOf, keep, write } from "./dom.js";
import { Keys } from "./keys.js";
import { payloadOf } from "./links.js";
import { act, now } from "./live.js";
import { Menu } from "./menu.js";
import { Thread } from "./thread.js";

const RIGHT_TO_LEFT = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

export class Phone {
  constructor(person) {
    this.person = person;
    this.element = copyOf("phone");
    this.element.dataset.person = person.first_name;
    this.element.lang = person.language_code || "en";
    this.element.dir = RIGHT_TO_LEFT.includes(person.language_code.split("-")[0]) ? "rtl" : "ltr";
    this.element.setAttribute("aria-label", `${person.first_name}’s phone`);
    this.thread = this.#makeThread();
    this.keys = new Keys((deed, more) => this.does(deed, more));
    this.element.append(this.thread.element, this.keys.element);
    this.#listen();
  }

  update(person, chat) {
    const { bot } = now();
    this.person = person;
    write(this.part(".face"), bot.first_name.slice(0, 1).toUpperCase());
    write(this.part(".title"), bot.first_name);
    write(this.part(".standing"), person.blocked ? "blocked" : "bot");
    write(this.part(".owner"), person.first_name);
    write(this.part("[data-block]"), person.blocked ? "Unblock" : "Block");
    this.part("[data-block]").hidden = !person.started;
    this.part(".welcome").hidden = person.started;
    this.thread.element.hidden = !person.started;
    this.thread.composer.hidden = person.blocked;
    this.thread.update(chat?.messages ?? [], person.id);
    this.keys.update(person.blocked ? [] : (chat?.keys ?? []));
    this.#fillCommands(person.commands);
  }

  part(selector) {
    return this.element.querySelector(selector);
  }

  does(deed, more = {}) {
    return act({ who: this.person.id, chat: this.person.id, do: deed, ...more });
  }

  async opens(payload) {
    await this.does("open_link", { payload });
    this.thread.field.focus();
  }

  #makeThread() {
    const [commands, menu] = copiesOf("phone-tools");
    new Menu(commands, menu);
    return new Thread({
      name: this.person.first_name,
      chat: this.person.id,
      language: this.element.lang,
      does: (deed, more) => this.does(deed, more),
      command: (text) => this.does("type", { text }),
      tools: [commands, menu],
    });
  }

  #listen() {
    this.part("[data-start]").addEventListener("click", () => this.opens(""));
    this.part("[data-block]").addEventListener("click", () => this.does(this.person.blocked ? "unblock" : "block"));
    this.part("[data-open-link]").addEventListener("click", () => this.#asksForLink());
  }

  async #asksForLink() {
    const { bot } = now();
    const otherwise = `This is not a link to the bot. It looks like https://t.me/${bot.username}?start=…`;
    const payload = await askLink(this.person.first_name, (link) => payloadOf(link, bot), otherwise);
    if (payload !== null) await this.opens(payload);
  }

  #fillCommands(commands) {
    this.part("[data-commands]").hidden = !commands.length;
    keep(this.part("[data-command-list]"), commands, {
      key: ({ command }) => command,
      make: ({ command }) => this.#commandLine(command),
      fill: (line, { command, description }) => {
        line.querySelector(".command").textContent = `/${command}`;
        line.querySelector(".description").textContent = description;
      },
    });
  }

  #commandLine(command) {
    const line = copyOf("command");
    line.firstElementChild.addEventListener("click", () => this.thread.command(`/${command}`));
    return line;
  }
}
