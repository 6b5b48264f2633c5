import { byId, element, moment } from "./elements.js";
import { MessageLog } from "./message-log.js";
import { readPage } from "./pages.js";

const FIRST_PAGE = "/messages?limit=50";
const SHOWN = 500;
const FEW = 20;
const TINTS = 6;
const ANNOUNCE_EVERY = 3_000;
const RETRY_AFTER = 3;

const log = new MessageLog(byId("messages"), SHOWN, render);
let waiting = [];
let fewAtOnce = false;
let unannounced = 0;

let reading = Promise.resolve();
let complete = false;
let since; // the newest message before the connection was lost
let older = null;
let retryTimer;

/** A message that arrived just now. Many may arrive in one frame; they are shown together in the next. */
export function arrive(message) {
  if (waiting.push(message) === 1) requestAnimationFrame(showArrived);
  // A hidden tab gets no frames.
  if (waiting.length > 2 * SHOWN) waiting = waiting.slice(-SHOWN);
}

function showArrived() {
  fewAtOnce = waiting.length <= FEW;
  const added = log.addNewer(waiting.slice(-SHOWN).reverse());
  waiting = [];
  fewAtOnce = false;
  announce(added.length);
  update();
}

/** Reads what is stored: at first the newest page, later everything that came while there was no connection. */
export function catchUp() {
  if (complete) since ??= log.newest;
  const anchor = since;
  clearTimeout(retryTimer);
  reading = reading.then(() => readSince(anchor)).then(update, retry);
}

async function readSince(anchor) {
  const missed = [];
  let url = FIRST_PAGE;
  let met = false;
  while (url && !met && missed.length < log.limit) {
    const page = await readPage(url);
    missed.push(...page.items);
    url = page.next;
    met = !anchor || page.items.some(({ _id, createdAt }) => _id === anchor.id || Date.parse(createdAt) < anchor.time);
  }
  log.addNewer(missed);
  if (!anchor) older = url;
  complete = true;
  since = undefined;
  notice("");
}

function retry(problem) {
  const seconds = problem.retryAfter || RETRY_AFTER;
  notice(`The stored messages cannot be read: ${problem.detail ?? problem.message} Trying again in ${seconds} s.`);
  retryTimer = setTimeout(catchUp, seconds * 1_000);
}

async function loadOlder() {
  byId("older").disabled = true;
  try {
    // The cursor knows nothing of messages dropped at the old end: then walk down to there from the top.
    let url = log.trimmed ? FIRST_PAGE : older;
    let reached = false;
    while (url && !reached) {
      const page = await readPage(url);
      reached = log.addOlder(page.items).includes(page.items.at(-1));
      url = page.next;
    }
    older = url;
    notice("");
    update();
  } catch (problem) {
    notice(problem.detail ?? problem.message);
  } finally {
    byId("older").disabled = false;
  }
}

function render({ from, to, message, createdAt, _id }) {
  const name = String(from ?? "");
  const tint = [...name].reduce((sum, character) => sum + character.codePointAt(0), 0) % TINTS;
  const names = element("p", { class: "route" }, name, element("span", { class: "arrow" }, " to "), String(to ?? ""));
  const stamp = element("span", { class: `stamp tint-${tint}`, "aria-hidden": "true" });
  stamp.append([...name.trim()][0]?.toUpperCase() ?? "?");
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return element("li", { id: `message-${_id}`, class: fewAtOnce ? "new" : "" },
    stamp, names, moment(createdAt), element("p", { class: "text" }, text));
}

function update() {
  byId("count").textContent = log.size ? `${log.size}${log.trimmed || older ? " newest" : ""}` : "";
  byId("empty").hidden = log.size > 0 || !complete;
  byId("older").hidden = !(older || log.trimmed);
}

/** Tells a screen reader of arrivals, now and then and not of each. */
function announce(count) {
  if (count && unannounced === 0) {
    setTimeout(() => {
      byId("arrivals").textContent = unannounced === 1 ? "1 new message" : `${unannounced} new messages`;
      unannounced = 0;
    }, ANNOUNCE_EVERY);
  }
  unannounced += count;
}

function notice(text) {
  byId("notice").textContent = text;
}

byId("older").addEventListener("click", loadOlder);
