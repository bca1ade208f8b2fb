/* What is wrong with the pages an author is changing, where this run watches them. */

const LOOK_EVERY = 1000; // milliseconds
const banner = document.querySelector("[data-content-wrong]");

/** Show the complaints about the pages as long as there are any. */
export function watchContent(address) {
  if (address) look(address);
}

async function look(address) {
  const found = await fetch(address).then((answer) => answer.json(), () => null);
  if (found) show(found.wrong); // the page says elsewhere that the demo does not answer
  setTimeout(() => look(address), LOOK_EVERY);
}

function show(wrong) {
  const complaints = banner.querySelector("[data-complaints]");
  if (complaints.textContent === wrong) return; // a screen reader says again what is set again
  complaints.textContent = wrong;
  banner.hidden = !wrong;
}
