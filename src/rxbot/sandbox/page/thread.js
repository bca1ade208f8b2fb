/* A conversation: its messages, the newest at the bottom, and the field to write in. A phone has one, a topic has one. */

import { copyOf, isOnScreen, keep } from "./dom.js";
import { fillEvent, fillMessage, fillQuote, lineOf, quoteOf } from "./message.js";
import { dayOf } from "./times.js";

const NEAR_THE_END = 40; // pixels

export class Thread {
  /** `hooks`: send(text, replyTo), which gives null if refused; tap(message, data); command(text) where commands can be tapped. */
  constructor({ name, language, hooks, canReply = false, tools = [] }) {
    this.language = language;
    this.hooks = canReply ? { ...hooks, reply: (message) => this.replyTo(message) } : hooks;
    this.element = copyOf("thread");
    this.scroller = this.element.querySelector(".scroll");
    this.list = this.element.querySelector("ol");
    this.scroller.setAttribute("aria-label", `Messages, ${name}`);
    this.newest = this.element.querySelector(".newest");
    this.composer = this.element.querySelector("form");
    this.field = this.element.querySelector("textarea");
    this.composer.prepend(...tools);
    this.replied = null;
    this.atEnd = true;
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
        item.text === undefined ? fillMessage(element, item, this.hooks) : fillEvent(element, item.text),
    });
    if (this.atEnd) this.#toEnd();
    else if (last?.id > this.lastId) this.newest.hidden = false;
    this.lastId = last?.id ?? 0;
  }

  replyTo(message) {
    this.replied = message;
    const banner = this.element.querySelector(".replying");
    banner.hidden = !message;
    if (message) fillQuote(banner.querySelector(".quote"), quoteOf(message));
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
    return { key: message.id, message, mine: message.who_id === me, replied, language: this.language };
  }

  #listen() {
    this.composer.addEventListener("submit", (submit) => {
      submit.preventDefault();
      this.#send();
    });
    this.field.addEventListener("keydown", (press) => {
      if (press.key === "Escape" && this.replied) this.replyTo(null);
      // While a word is being composed, in Chinese for one, Enter belongs to the keyboard.
      if (press.key !== "Enter" || press.shiftKey || press.isComposing) return;
      press.preventDefault();
      this.composer.requestSubmit();
    });
    this.element.querySelector("[data-cancel]").addEventListener("click", () => this.replyTo(null));
    this.newest.addEventListener("click", () => {
      this.#toEnd();
      this.scroller.focus({ preventScroll: true });
    });
  }

  async #send() {
    const [text, replied] = [this.field.value, this.replied];
    if (!text.trim()) return;
    this.field.value = "";
    if (replied) this.replyTo(null);
    this.atEnd = true;
    const refused = (await this.hooks.send(text, replied?.id ?? 0)) === null;
    if (refused && !this.field.value) this.field.value = text;
    if (refused && replied) this.replyTo(replied);
  }

  /** Stay at the newest message while it is in sight, whatever changes its size; else leave the reader where they are. */
  #followTheEnd() {
    const { scroller } = this;
    scroller.addEventListener("scroll", () => {
      if (!isOnScreen(scroller)) return;
      this.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_THE_END;
      if (this.atEnd) this.newest.hidden = true;
    });
    const sizes = new ResizeObserver(() => this.atEnd && this.#toEnd());
    sizes.observe(scroller);
    sizes.observe(this.list);
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newest.hidden = true;
  }
}
