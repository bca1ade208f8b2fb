/* What happens in the sandbox: follows it, and acts in it for somebody. */

import * as sandbox from "./sandbox.js";
import { complain } from "./notices.js";

const EVERY = 400; // milliseconds; an answer without news is some twenty bytes

let latest = { revision: -1, bot: {}, people: [], chats: [], toasts: [] };
let show = () => {};
let wake = () => {};
let waiting = []; // who waits for a look that begins after now

export const now = () => latest;
export const redraw = () => latest.revision >= 0 && show(latest);

/** Those the product is for. */
export const patients = () => latest.people.filter((person) => !works(person));

/** Those who work with the bot in private too. */
export const workers = () => latest.people.filter((person) => works(person) && person.started);

/** Who is in a group works there, or tries to. */
const works = ({ id }) => groups().some((group) => group.members.includes(id));

export function groups() {
  return latest.chats.filter((chat) => chat.type !== "private");
}

/** Call `shown` with the whole state whenever it changed, and `answers` with whether the sandbox does. */
export async function follow(shown, answers) {
  show = shown;
  for (;;) {
    const served = waiting;
    waiting = [];
    const state = await sandbox.readState(Math.max(latest.revision, 0)).catch(() => null);
    answers(state !== null);
    // Without news there is nothing but the revision.
    if (state?.people) {
      latest = state;
      redraw();
    }
    for (const done of served) done();
    if (!waiting.length) await pause();
  }
}

function pause() {
  return new Promise((resume) => {
    wake = resume;
    setTimeout(resume, EVERY);
  });
}

/** Return when what is true now is on screen. */
function look() {
  wake();
  return new Promise((done) => waiting.push(done));
}

/** Do what somebody does in their app, and return when it is on screen; a refusal is shown, and gives null. */
export async function act(deed) {
  try {
    const answer = await sandbox.act(deed);
    await look();
    return answer.result;
  } catch (trouble) {
    complain(deed.chat, trouble instanceof sandbox.Refusal ? trouble.message : "The demo does not answer.");
    return null;
  }
}

export async function letPass(seconds) {
  const clock = await sandbox.letPass(seconds);
  await look();
  return clock;
}
