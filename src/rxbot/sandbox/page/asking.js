/* The two questions the page itself asks. Escape and Cancel both answer with "". */

const phoneDialog = document.querySelector("[data-ask=phone]");
const linkDialog = document.querySelector("[data-ask=link]");

function answerOf(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue), { once: true }));
}

/** Ask on whose phone a link is opened; return the name. */
export function askWhosePhone(names) {
  phoneDialog.querySelector("[data-answers]").replaceChildren(...names.map(nameButton));
  return answerOf(phoneDialog);
}

function nameButton(name) {
  const button = document.createElement("button");
  button.value = button.textContent = name;
  button.dir = "auto";
  return button;
}

/** Ask for a link that `read` understands; return what it read, or null. */
export async function askLink(owner, read, otherwise) {
  const form = linkDialog.querySelector("form");
  const wrong = linkDialog.querySelector("[data-wrong]");
  linkDialog.querySelector("[data-owner]").textContent = owner;
  form.link.value = wrong.textContent = "";
  form.onsubmit = (submit) => {
    if (submit.submitter?.value !== "open" || read(form.link.value) !== null) return;
    submit.preventDefault();
    wrong.textContent = otherwise;
    form.link.focus();
  };
  return (await answerOf(linkDialog)) ? read(form.link.value) : null;
}
