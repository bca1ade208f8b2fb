/* On a narrow screen one pane shows at a time; on a wide one all three do, and these buttons are not there. */

import { redraw } from "./live.js";

const buttons = [...document.querySelectorAll("[data-show-pane]")];

export function showPane(name) {
  document.body.dataset.pane = name;
  for (const button of buttons.filter((each) => each.matches("button"))) {
    button.setAttribute("aria-current", String(button.dataset.showPane === name));
  }
  redraw();
}

/** Mark how much is new in a pane that is not on screen. */
export function markPane(name, unread) {
  const button = buttons.find((each) => each.matches("button") && each.dataset.showPane === name);
  mark(button, unread);
}

/** Show a count on a button, and say it. */
export function mark(button, unread) {
  let badge = button.querySelector(".unread");
  if (!badge) {
    badge = document.createElement("span");
    badge.className = "unread";
    button.append(badge);
  }
  fillBadge(badge, unread);
}

export function fillBadge(badge, unread) {
  badge.hidden = !unread;
  badge.innerHTML = unread ? `${Number(unread)}<span class="unseen"> new</span>` : "";
}

for (const button of buttons) button.addEventListener("click", () => showPane(button.dataset.showPane));
