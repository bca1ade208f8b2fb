/* The demo's time, and the buttons that let it pass. */

import { letPass } from "./live.js";
import { readClock } from "./sandbox.js";
import { dayAndTimeOf } from "./times.js";

const LOOK_EVERY = 10_000; // milliseconds
const buttons = [...document.querySelectorAll("[data-seconds]")];
const shown = document.querySelector("[data-now]");

export async function startClock() {
  const clock = await readClock();
  document.querySelector("[data-clock-note]").hidden = Boolean(clock);
  for (const button of buttons) button.disabled = !clock;
  if (!clock) return;
  showNow(clock.now);
  for (const button of buttons) button.addEventListener("click", () => pass(Number(button.dataset.seconds)));
  setInterval(() => show(readClock()), LOOK_EVERY);
}

let newest = "";

/** Show this time, unless a later one is on screen: a screen drawn again brings the time of the last change along. */
export function showNow(iso) {
  if (iso < newest) return;
  newest = iso;
  shown.dateTime = iso;
  shown.textContent = dayAndTimeOf(iso);
}

let passing = false;

async function pass(seconds) {
  if (passing) return; // a second press while the first one counts would skip a day unseen
  passing = true;
  await show(letPass(seconds));
  document.dispatchEvent(new Event("time-passed"));
  passing = false;
}

async function show(reading) {
  const clock = await reading.catch(() => null); // the page says elsewhere that the demo does not answer
  if (clock) showNow(clock.now);
}
