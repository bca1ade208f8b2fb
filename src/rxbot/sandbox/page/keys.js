/* The reply keyboard below a chat. A key types its label, or asks where the person is, which they choose in the town. */

import { copyOf, keep } from "./dom.js";
import { choice, Menu } from "./menu.js";
import { PLACES } from "./places.js";

export class Keys {
  /** `does(deed, more)` presses a key for the person. */
  constructor(does) {
    this.does = does;
    this.element = copyOf("keys");
  }

  update(rows) {
    this.element.hidden = !rows.length;
    keep(this.element, rows, {
      key: (row) => JSON.stringify(row),
      make: (row) => this.#row(row),
      fill: () => {},
    });
  }

  #row(keys) {
    const row = document.createElement("div");
    row.className = "row";
    row.append(...keys.flatMap((key) => (key.request_location ? this.#placeKey(key) : this.#key(key))));
    return row;
  }

  #key({ text }) {
    const button = copyOf("reply-key");
    button.querySelector("bdi").textContent = text;
    button.querySelector("svg").remove();
    button.addEventListener("click", () => this.does("press", { key: text }));
    return button;
  }

  #placeKey({ text }) {
    const [button, list] = [copyOf("reply-key"), copyOf("places")];
    button.querySelector("bdi").textContent = text;
    list.append(...PLACES.map(({ name, place }) => choice("location", name, () => this.does("share_location", { place }))));
    new Menu(button, list);
    return [button, list];
  }
}
