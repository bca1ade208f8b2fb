/* Starts the page, and shows each new state of the sandbox everywhere. */

import { catchLinks, showClinic } from "./clinic.js";
import { showNow, startClock } from "./clock.js";
import { watchContent } from "./content.js";
import { follow, redraw } from "./live.js";
import { announceNews, showToasts } from "./notices.js";
import { showPeople } from "./people.js";
import { readConfig } from "./sandbox.js";
import { showTeam } from "./team.js";
import { useTimeZone } from "./times.js";
import { nowOpened } from "./unread.js";

function show(state) {
  showNow(state.now);
  showPeople(state);
  showTeam();
  showToasts(state);
  announceNews(state);
  nowOpened();
  document.body.dataset.revision = state.revision;
}

const config = (await readConfig()) ?? {};
useTimeZone(config.time_zone);
showClinic(config.clinic_url, config.clinic_home);
catchLinks(document);
watchContent(config.content_url);
await startClock();
document.addEventListener("visibilitychange", redraw);
await follow(show, (answers) => (document.querySelector("[data-offline]").hidden = answers));
