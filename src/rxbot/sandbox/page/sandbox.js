/* The sandbox over HTTP. Every address is on the server this page came from. */

export const readState = (since) => ask(`/sandbox/state?since=${since}`);
/** What this run has, all optional: `clinic_url`, the clinic's door, `clinic_home`, its first page, `time_zone`, and
    `content_url`, which says how an author's pages stand. */
export const readConfig = () => ask("/sandbox/config");
export const readClock = () => ask("/sandbox/clock");
export const letPass = (seconds) => ask("/sandbox/clock", { seconds });
export const act = (deed) => ask("/sandbox/act", deed);

/** Somebody asked for what cannot be done now; the message says why. */
export class Refusal extends Error {}

/** Return the answer, or null where there is no such address in this run. */
async function ask(address, told) {
  const answer = await fetch(address, told && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(told),
  });
  if (answer.status === 404) return null;
  const found = await answer.json();
  if (!answer.ok) throw new Refusal(found.complaint);
  return found;
}
