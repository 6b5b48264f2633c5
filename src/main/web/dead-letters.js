import { showRunning } from "./bulk-replay.js";
import { filter, offerReasons, offerSenders, watchFilter } from "./dead-letter-filter.js";
import { deadLetterGroup } from "./dead-letter-groups.js";
import { offerSearch, watchSearch } from "./dead-letter-search.js";
import { openDesk } from "./desk.js";
import { byId } from "./elements.js";
import { may, onEnter, whoIs } from "./identity.js";
import { KeyedList } from "./keyed-list.js";
import { ask } from "./problem.js";
import { offerTransfer, watchTransfer } from "./transfer.js";

const REFRESH_EVERY = 4_000;
const section = byId("dead-letters");
const groups = new KeyedList(byId("dead-list"), ({ group }) => group, (group) => deadLetterGroup(group, { filter, refresh }));
let timer;
let turn = 0;
let role;

/**
 * Shows the dead letters in their groups to whom may see them, refreshed while their section is open and the page is
 * visible.
 */
export function showDeadLetters() {
  openDesk();
  watchFilter(refresh);
  watchSearch(filter, refresh);
  watchTransfer(filter, refresh);
  byId("dead-refresh").addEventListener("click", refresh);
  section.addEventListener("toggle", refresh);
  document.addEventListener("visibilitychange", refresh);
  onEnter(showAllowed);
}

/** Who has another role with another token is shown all anew. */
function showAllowed() {
  if (whoIs().role === role) return;
  role = whoIs().role;
  section.hidden = !may("viewer");
  offerSenders(may("operator"));
  offerSearch();
  offerTransfer();
  groups.show([]);
  byId("dead-replays").replaceChildren();
  refresh();
}

/** Reads all that is shown again. What was asked before and is answered later is out of date. */
async function refresh() {
  clearTimeout(timer);
  const mine = (turn += 1);
  if (!may("viewer")) return;
  try {
    const chosen = filter();
    const found = await ask(`/dead-letter-groups?${new URLSearchParams(chosen)}`).then((response) => response.json());
    if (mine !== turn) return;
    show(found, Object.keys(chosen).length > 0);
    if (section.open) {
      await Promise.all(groups.views.map((group) => group.refresh()));
      await showRunning(byId("dead-replays"), refresh);
    }
    if (mine === turn) notice("");
  } catch (problem) {
    if (mine === turn) notice(problem.detail ?? problem.message);
  }
  if (mine === turn && section.open && !document.hidden) timer = setTimeout(refresh, REFRESH_EVERY);
}

function show(found, filtered) {
  const open = found.reduce((sum, { states }) => sum + (states?.failed ?? 0), 0);
  byId("dead-count").textContent = open ? `${open} open${filtered ? ", filtered" : ""}` : "";
  byId("dead-empty").hidden = found.length > 0 || filtered;
  byId("dead-none").hidden = found.length > 0 || !filtered;
  offerReasons(found);
  groups.show(found);
}

function notice(text) {
  if (byId("dead-notice").textContent !== text) byId("dead-notice").textContent = text;
}
