/* What happens in the sandbox: follows it, and acts in it for somebody. */

import * as sandbox from "./sandbox.js";
import { complain } from "./notices.js";

const EVERY = 400; // milliseconds; an answer without news is some twenty bytes

let latest = { revision: -1, bot: {}, people: [], chats: [], toasts: [] };
let show = () => {};
let wake = () => {};

export const now = () => latest;
export const redraw = () => show(latest);

/** Those with a phone of their own here: who is in a group works there, or tries to. */
export function patients() {
  const inGroups = new Set(groups().flatMap((group) => group.members));
  return latest.people.filter((person) => !inGroups.has(person.id));
}

export function groups() {
  return latest.chats.filter((chat) => chat.type !== "private");
}

/** Call `shown` with the whole state whenever it changed, and `answers` with whether the sandbox does. */
export async function follow(shown, answers) {
  show = shown;
  for (;;) {
    try {
      const state = await sandbox.readState(Math.max(latest.revision, 0));
      // Without news there is nothing but the revision; a sandbox that was started anew counts from the beginning.
      if (state.people) latest = state;
      if (state.people) show(latest);
      answers(true);
    } catch (trouble) {
      answers(false);
      if (!(trouble instanceof TypeError || trouble instanceof SyntaxError)) throw trouble;
    }
    await new Promise((resume) => {
      wake = resume;
      setTimeout(resume, EVERY);
    });
  }
}

/** Do what somebody does in their app; a refusal is shown, and gives null. */
export async function act(deed) {
  try {
    const answer = await sandbox.act(deed);
    return answer.result;
  } catch (trouble) {
    complain(trouble instanceof sandbox.Refusal ? trouble.message : "The demo does not answer.");
    return null;
  } finally {
    wake();
  }
}

export async function letPass(seconds) {
  try {
    return await sandbox.letPass(seconds);
  } finally {
    wake();
  }
}
