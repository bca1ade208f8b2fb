/* Links that open a chat with the bot: https://t.me/<bot>?start=<payload>. */

const HOSTS = ["t.me", "telegram.me"];
const SAFE = ["http:", "https:", "mailto:", "tel:"];

/** Return what the link hands to the bot, "" if it only opens the chat, or null if it is no link to this bot. */
export function payloadOf(link, bot) {
  const url = urlOf(link.trim());
  if (!url) return null;
  const [host, name] = url.protocol === "tg:"
    ? ["t.me", url.searchParams.get("domain")]
    : [url.hostname, url.pathname.slice(1)];
  const isHere = HOSTS.includes(host) && name?.toLowerCase() === bot.username?.toLowerCase();
  return isHere ? (url.searchParams.get("start") ?? "") : null;
}

/** Return the address if a browser may open it, else nothing. */
export function safe(address) {
  return SAFE.includes(urlOf(address)?.protocol) ? address : "";
}

function urlOf(text) {
  try {
    return new URL(/^[\w+.-]+:/.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
}
