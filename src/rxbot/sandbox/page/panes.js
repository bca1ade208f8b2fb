/* On a narrow screen one pane shows at a time; on a wide one all three do, and these buttons are not there. */

import { redraw } from "./live.js";
import { mark } from "./unread.js";

const tabs = [...document.querySelectorAll(".tabs button")];

export function showPane(name) {
  document.body.dataset.pane = name;
  for (const tab of tabs) tab.setAttribute("aria-current", String(tab.dataset.showPane === name));
  redraw();
}

/** Mark how much is new in a pane that is not on screen. */
export function markPane(name, unread) {
  mark(tabs.find((tab) => tab.dataset.showPane === name), unread);
}

// The skip links too, because what they skip to may not be on screen.
for (const opener of document.querySelectorAll("[data-show-pane]")) {
  opener.addEventListener("click", () => showPane(opener.dataset.showPane));
}
showPane(document.body.dataset.pane);
