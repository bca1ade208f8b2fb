/* Somebody's phone with the chat with the bot. It keeps what is being typed there while another phone is looked at. */

import { askLink } from "./asking.js";
import { copiesOf, copyOf, keep, write } from "./dom.js";
import { payloadOf } from "./links.js";
import { act, now } from "./live.js";
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
    this.element.append(this.thread.element);
    this.#listen();
  }

  update(person, messages) {
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
    this.thread.update(messages, person.id);
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
    const [commands, voice, menu] = copiesOf("phone-tools");
    const thread = new Thread({
      name: this.person.first_name,
      language: this.element.lang,
      tools: [commands, menu],
      hooks: {
        send: (text) => this.does("type", { text }),
        tap: (message, button) => this.does("tap", { message: message.id, button }),
        command: (text) => this.does("type", { text }),
      },
    });
    thread.field.after(voice);
    return thread;
  }

  #listen() {
    this.part("[data-start]").addEventListener("click", () => this.opens(""));
    this.part("[data-block]").addEventListener("click", () => this.does(this.person.blocked ? "unblock" : "block"));
    this.part("[data-voice]").addEventListener("click", () => this.does("voice"));
    this.part("[data-open-link]").addEventListener("click", () => this.#asksForLink());
    this.part("[data-commands]").addEventListener("click", () => this.#showCommands(this.part(".commands").hidden));
    this.thread.composer.addEventListener("keydown", (press) => {
      if (press.key === "Escape" && !this.part(".commands").hidden) this.#showCommands(false);
    });
  }

  async #asksForLink() {
    const { bot } = now();
    const otherwise = `This is not a link to the bot. It looks like https://t.me/${bot.username}?start=…`;
    const payload = await askLink(this.person.first_name, (link) => payloadOf(link, bot), otherwise);
    if (payload !== null) await this.opens(payload);
  }

  #showCommands(shown) {
    const button = this.part("[data-commands]");
    this.part(".commands").hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    if (!shown) button.focus();
  }

  #fillCommands(commands) {
    this.part("[data-commands]").hidden = !commands.length;
    keep(this.part(".commands"), commands, {
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
    line.firstElementChild.addEventListener("click", () => {
      this.#showCommands(false);
      this.does("type", { text: `/${command}` });
    });
    return line;
  }
}
