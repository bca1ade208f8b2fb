/* A conversation: its messages, the newest at the bottom, and the field to write in. A phone has one, a topic has one. */

import { attachTools } from "./attach.js";
import { copyOf, isOnScreen, keep, write } from "./dom.js";
import { fillEvent, fillMessage, fillQuote, lineOf, quoteOf } from "./message.js";
import { dayOf } from "./times.js";

const NEAR_THE_END = 40; // pixels
const AIMS = { reply: "Reply to", edit: "Edit" };
const WITH_WORDS = ["type", "photo", "document"]; // what is in the field goes along as text or caption

export class Thread {
  /**
   * `does(deed, more)` acts in this chat and gives null if refused; `command(text)` is there where commands can be tapped;
   * `tools` stand before the field.
   */
  constructor({ name, chat, language, does, command, tools = [] }) {
    this.chat = chat;
    this.language = language;
    this.does = does;
    this.command = command;
    this.element = copyOf("thread");
    this.scroller = this.element.querySelector(".scroll");
    this.list = this.element.querySelector("ol");
    this.scroller.setAttribute("aria-label", `Messages, ${name}`);
    this.newest = this.element.querySelector(".newest");
    this.composer = this.element.querySelector("form");
    this.field = this.element.querySelector("textarea");
    this.composer.prepend(...tools);
    this.field.after(...attachTools((deed, more) => this.send(deed, more)));
    this.aim = null;
    this.atEnd = true;
    this.height = 0;
    this.lastId = 0;
    this.#followTheEnd();
    this.#listen();
  }

  /** Show these messages as `me`, who sees the own ones on the other side. */
  update(messages, me) {
    const items = this.#items(messages, me);
    const last = messages.at(-1);
    keep(this.list, items, {
      key: (item) => item.key,
      make: (item) => copyOf(item.text === undefined ? "message" : "event"),
      fill: (element, item) =>
        item.text === undefined ? fillMessage(element, item, this) : fillEvent(element, item.text),
    });
    if (this.atEnd) this.#toEnd();
    else if (last?.id > this.lastId) this.newest.hidden = false;
    this.lastId = last?.id ?? 0;
  }

  // What can be done with a message

  tap(message, button) {
    this.does("tap", { message: message.id, button });
  }

  reply(message) {
    this.#aimAt({ deed: "reply", message });
  }

  edit(message) {
    this.#aimAt({ deed: "edit", message });
  }

  /** Send something, as the answer to what is being replied to; give back words and aim if it is refused. */
  async send(deed, more = {}) {
    const replied = this.aim?.deed === "reply" ? this.aim.message : null;
    if (this.aim) this.#aimAt(null);
    const text = WITH_WORDS.includes(deed) ? this.field.value : "";
    if (text) this.field.value = "";
    this.atEnd = true;
    const refused = (await this.does(deed, { ...more, text, reply_to: replied?.id ?? 0 })) === null;
    if (refused && !this.field.value) this.field.value = text;
    if (refused && replied) this.reply(replied);
  }

  async #change(message) {
    const done = await this.does("edit", { message: message.id, text: this.field.value });
    if (done !== null) this.#aimAt(null);
  }

  /** Let what is written next answer a message or change an own one, or neither; what an edit displaced comes back after it. */
  #aimAt(aim) {
    if (this.aim?.deed === "edit") this.field.value = this.aim.draft;
    this.aim = aim && { ...aim, draft: this.field.value };
    const banner = this.element.querySelector(".aim");
    banner.hidden = !aim;
    if (aim) write(banner.querySelector(".deed"), AIMS[aim.deed]);
    if (aim) fillQuote(banner.querySelector(".quote"), quoteOf(aim.message));
    if (aim?.deed === "edit") this.field.value = aim.message.text;
    this.field.focus();
  }

  #items(messages, me) {
    const byId = new Map(messages.map((message) => [message.id, message]));
    let day = "";
    return messages.flatMap((message) => {
      const [today, before] = [dayOf(message.at, this.language), day];
      day = today;
      return [
        ...(today === before ? [] : [{ key: `day before ${message.id}`, text: today }]),
        message.service ? { key: message.id, text: lineOf(message) } : this.#item(message, byId.get(message.reply_to), me),
      ];
    });
  }

  #item(message, original, me) {
    const replied = original ? quoteOf(original) : null;
    return { key: message.id, message, chat: this.chat, mine: message.who_id === me, replied, language: this.language };
  }

  #listen() {
    this.composer.addEventListener("submit", (submit) => {
      submit.preventDefault();
      if (!this.field.value.trim()) return;
      if (this.aim?.deed === "edit") this.#change(this.aim.message);
      else this.send("type");
    });
    this.field.addEventListener("keydown", (press) => {
      if (press.key === "Escape" && this.aim) this.#aimAt(null);
      // While a word is being composed, in Chinese for one, Enter belongs to the keyboard.
      if (press.key !== "Enter" || press.shiftKey || press.isComposing) return;
      press.preventDefault();
      this.composer.requestSubmit();
    });
    this.element.querySelector("[data-cancel]").addEventListener("click", () => this.#aimAt(null));
    this.newest.addEventListener("click", () => {
      this.#toEnd();
      this.scroller.focus({ preventScroll: true });
    });
  }

  /** Stay at the newest message while it is in sight, whatever changes its size; else leave the reader where they are. */
  #followTheEnd() {
    const { scroller } = this;
    scroller.addEventListener("scroll", () => {
      if (!isOnScreen(scroller) || scroller.clientHeight !== this.height) return; // it was not the reader who moved it
      this.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_THE_END;
      if (this.atEnd) this.newest.hidden = true;
    });
    const sizes = new ResizeObserver(() => {
      this.height = scroller.clientHeight;
      if (this.atEnd) this.#toEnd();
    });
    sizes.observe(scroller);
    sizes.observe(this.list);
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newest.hidden = true;
  }
}
