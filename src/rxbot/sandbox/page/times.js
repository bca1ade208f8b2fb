/* Times and days as people read them, in their language and in the scheme's time zone. */

let timeZone; // undefined is the zone of this computer
const formats = new Map();

export function useTimeZone(name) {
  timeZone = name || undefined;
}

export const timeOf = (iso, language) =>
  format("time", language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(iso));

export const dayOf = (iso, language) =>
  format("day", language, { weekday: "long", day: "numeric", month: "long" }).format(new Date(iso));

export const dayAndTimeOf = (iso) =>
  format("both", "en", {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit" },
  }).format(new Date(iso));

// Making a format is slow, and a long conversation needs hundreds.
function format(kind, language, options) {
  const name = `${kind} ${language}`;
  const locale = language === "en" ? "en-GB" : language; // plain "en" has American dates
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  return formats.get(name);
}
