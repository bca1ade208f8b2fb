/* A list that opens above its button and closes with Escape, with a choice, or with a press somewhere else. */

import { copyOf } from "./dom.js";

export class Menu {
  constructor(button, list) {
    this.button = button;
    this.list = list;
    this.button.addEventListener("click", () => this.#show(this.list.hidden));
    this.list.addEventListener("click", (click) => click.target.closest("button") && this.close());
    for (const part of [button, list]) part.addEventListener("keydown", (press) => press.key === "Escape" && this.close());
    document.addEventListener("click", ({ target }) => {
      if (!this.button.contains(target) && !this.list.contains(target)) this.#show(false);
    });
    this.#show(false);
  }

  /** Close it and go back to its button. */
  close() {
    if (this.list.hidden) return;
    this.#show(false);
    this.button.focus();
  }

  #show(shown) {
    this.list.hidden = !shown;
    this.button.setAttribute("aria-expanded", String(shown));
  }
}

/** Return a line for a list: an icon, words, and what a press does. */
export function choice(icon, words, then) {
  const line = copyOf("choice");
  line.querySelector("use").setAttribute("href", `#icon-${icon}`);
  line.querySelector("bdi").textContent = words;
  line.firstElementChild.addEventListener("click", then);
  return line;
}
