import { byId } from "./elements.js";
import { History } from "./history.js";
import { messageItem } from "./message.js";
import { MessageLog } from "./message-log.js";
import { meet } from "./who.js";

const SHOWN = 500;
const FEW = 20;
const WITHOUT_FRAMES = 500; // a tab that nobody sees gets none
const ANNOUNCE_EVERY = 3_000;

let me;
let log;
let history;
let waiting = [];
let fewAtOnce = false;
let unannounced = 0;

/** Shows the messages from and to a client, and forgets those of who was here before. */
export function showMessagesOf(clientId) {
  history?.end();
  waiting = [];
  me = clientId;
  log = new MessageLog(byId("messages"), SHOWN, (message) => messageItem(message, clientId, fewAtOnce));
  history = new History(clientId, log, update);
  history.catchUp();
  update();
}

export const catchUp = () => history.catchUp();

/** A message that arrived just now. Many may arrive in one frame; they are shown together in the next. */
export function arrive(message) {
  if (waiting.push(message) === 1) {
    requestAnimationFrame(showArrived);
    setTimeout(showArrived, WITHOUT_FRAMES);
  }
  if (waiting.length > 2 * SHOWN) waiting = waiting.slice(-SHOWN);
}

function showArrived() {
  if (!waiting.length) return;
  const arrived = waiting.slice(-SHOWN).reverse();
  waiting = [];
  const added = standOut(arrived, () => log.addNewer(arrived));
  announce(added.filter(({ from }) => from !== me).length);
  update();
}

/** A message that was sent from here. */
export function showSent(message) {
  if (message.from !== me) return;
  standOut([message], () => log.addSent(message));
  update();
}

/** Lets a few new ones stand out; a flood would only flicker. */
function standOut(messages, add) {
  fewAtOnce = messages.length <= FEW;
  const added = add();
  fewAtOnce = false;
  return added;
}

async function loadOlder() {
  byId("older").disabled = true;
  await history.loadOlder();
  byId("older").disabled = false;
}

function update(notice) {
  if (notice !== undefined) byId("notice").textContent = notice;
  byId("count").textContent = log.size ? `${log.size}${history.hasOlder ? " newest" : ""}` : "";
  byId("empty").hidden = log.size > 0 || !history.complete;
  byId("older").hidden = !history.hasOlder;
  const { from, to } = log.newest?.message ?? {};
  if (from) meet(from === me ? to : from);
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

byId("older").addEventListener("click", loadOlder);
