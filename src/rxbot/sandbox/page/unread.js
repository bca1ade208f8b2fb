/* Which messages came since their conversation was last on screen. */

const lastRead = new Map();
let opened = false;

/** What is there when the page opens counts as read; call this when everything was shown once. */
export function nowOpened() {
  opened = true;
}

/** Return how many messages of a conversation are new to whoever looks at the page. */
export function unread(conversation, messages, isRead) {
  if (isRead || !opened) lastRead.set(conversation, messages.at(-1)?.id ?? 0);
  const last = lastRead.get(conversation) ?? 0;
  return messages.filter((message) => message.id > last).length;
}

/** Show a count on a button, and say it. */
export function mark(button, count) {
  if (!button.querySelector(".unread")) button.append(span("unread", ""));
  fillBadge(button.querySelector(".unread"), count);
}

export function fillBadge(badge, count) {
  badge.hidden = !count;
  badge.replaceChildren(...(count ? [String(count), span("unseen", " new")] : []));
}

function span(kind, text) {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = text;
  return made;
}
