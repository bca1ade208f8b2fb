/* The clinic's own page, in a frame. A link that would open Telegram asks on whose phone instead. */

import { askWhosePhone } from "./asking.js";
import { payloadOf } from "./links.js";
import { now, patients } from "./live.js";
import { openOnPhoneOf } from "./people.js";

const frame = document.querySelector("[data-clinic]");
const home = document.querySelector("[data-clinic-home]");

/** Show the clinic's door; its first page is another address when the door opens only once. */
export function showClinic(address, first = address) {
  document.querySelector("[data-no-clinic]").hidden = Boolean(address);
  frame.hidden = home.hidden = !address;
  if (!address) return;
  frame.addEventListener("load", () => catchLinks(frame.contentDocument));
  frame.src = address;
  home.addEventListener("click", () => (frame.src = first));
  let door = "";
  frame.addEventListener("load", () => (door ||= whereIs(frame)));
  if (first !== address) frame.addEventListener("load", () => whereIs(frame) === door && !isDoorOpen() && (frame.src = address));
  document.addEventListener("time-passed", () => whereIs(frame) === door && (frame.src = address)); // a door opens for a day
}

const whereIs = (frame) => frame.contentWindow.location.pathname;
const isDoorOpen = () => Boolean(frame.contentWindow.location.search); // who was signed out stands before it without a code

/** Let no link to the bot leave a page, be it the clinic's or ours. */
export function catchLinks(page) {
  page?.addEventListener("click", intercept);
  page?.addEventListener("auxclick", (click) => click.button === 1 && intercept(click));
}

function intercept(click) {
  const link = click.target.closest?.("a[href]");
  const payload = link ? payloadOf(link.href, now().bot) : null;
  if (payload === null) return;
  click.preventDefault();
  offer(payload);
}

async function offer(payload) {
  const name = await askWhosePhone(patients().map((person) => person.first_name));
  if (name) await openOnPhoneOf(name, payload);
}
