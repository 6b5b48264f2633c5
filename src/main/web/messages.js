import { announce, Arrivals } from "./arrivals.js";
import { Conversations } from "./conversations.js";
import { byId } from "./elements.js";
import { History } from "./history.js";
import { Older } from "./older.js";
import { openPanes, showPanes, toTheFront } from "./panes.js";
import { Receipts } from "./receipts.js";
import { isLookedAt, toEnd, watchEnd, watchOlder } from "./talk.js";
import { isToFree, write, writeTo } from "./who.js";

const FEW = 20; // may stand out; a flood would only flicker

const arrivals = new Arrivals(showArrived);
let conversations;
let history;
let older;
let receipts;
let talk = null; // the open conversation

/** Shows the conversations of a client, and forgets those of who was here before. `emit` sends an event as this one. */
export function showMessagesOf(clientId, partner, emit) {
  history?.end();
  arrivals.take();
  conversations = new Conversations(clientId);
  history = new History(conversations, read);
  older = new Older(conversations, history, emit);
  receipts = new Receipts(emit);
  history.catchUp();
  choose(partner);
}

/** There is a connection again. It may have brought the messages that were missed, but never how far others were. */
export const catchUp = (recovered) => (recovered ? history.refresh() : history.catchUp());
export const arrive = (message) => arrivals.add(message);

/** Opens the conversation with a partner, because somebody wants to look at it; without one none. */
export function open(partner) {
  if (partner) writeTo(partner);
  toTheFront(partner ? "talk" : "list");
  choose(partner);
}

function choose(partner) {
  talk = partner ? conversations.with(partner) : null;
  update();
  fill();
}

/** A message that was sent from here. */
export function showSent(message) {
  if (message.from !== conversations.me) return;
  conversations.addSent(message);
  open(message.to);
  toEnd();
  update(true);
}

/** How far messages of `partner` have come with `person`: I am one of them, or both. */
export function changeStatus({ person, partner, status, _id }) {
  if (partner === conversations.me) conversations.with(person).reachedPartner(status, _id);
  if (person === conversations.me && status === "read" && !conversations.with(partner).readUpTo(_id)) {
    history.refresh();
  }
  update();
}

function showArrived(arrived) {
  const added = conversations.addNewer(arrived);
  conversations.trim(talk?.partner);
  announce(added.filter(({ from }) => from !== conversations.me).length);
  meet();
  update(arrived.length <= FEW);
}

function read(notice) {
  byId("notice").textContent = notice;
  meet();
  update();
  fill();
}

/** Takes for the other one who is there anyway, as long as nobody else was named. */
function meet() {
  const [newest] = conversations.listed;
  if (talk || !newest || !isToFree()) return;
  writeTo(newest.partner);
  choose(newest.partner);
}

async function fill() {
  if (talk && (await older.fill(talk))) update();
}

async function loadOlder() {
  let notice = "";
  try {
    await older.load(talk);
  } catch (problem) {
    notice = problem.detail ?? problem.message;
  }
  byId("notice").textContent = notice;
  update();
}

/** Shows all of it as it is now. What somebody has in front of them is read then. */
function update(isNew = false) {
  const shown = { conversations, talk, older, isComplete: history.complete, isNew };
  showPanes(shown);
  if (talk?.unread && talk.log.size && talk.newestToMe && isLookedAt()) {
    if (history.hasReceipts) receipts.mark("read", talk);
    talk.settle();
    showPanes(shown);
  }
  if (history.hasReceipts) receipts.tell(conversations.listed);
}

openPanes({
  choose(partner) {
    open(partner);
    write();
  },
  change: update,
});
watchOlder(loadOlder);
watchEnd(() => update());
window.addEventListener("focus", () => update());
document.addEventListener("visibilitychange", () => update());
