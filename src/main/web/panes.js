import { conversationList } from "./conversation-list.js";
import { byId } from "./elements.js";
import { recallHere, rememberHere } from "./recall.js";
import { showTalk, toEnd } from "./talk.js";

/* The list of conversations and the open one: side by side, or where there is no room, one in place of the other. */

const panes = byId("panes");
const chosenOrFirst = () => panes.querySelector("#conversations [aria-current=true], #conversations button");

let list;

/** `choose` is called with a partner that was chosen, `change` when something else is to be seen. */
export function openPanes({ choose, change }) {
  list = conversationList(choose);
  toTheFront(recallHere("pane") ?? "list");
  byId("newest").addEventListener("click", toEnd);
  byId("back").addEventListener("click", () => {
    toTheFront("list");
    change();
    chosenOrFirst()?.focus();
  });
}

/** `pane` is list or talk. */
export function toTheFront(pane) {
  panes.dataset.front = pane;
  rememberHere("pane", pane);
}

export function showPanes({ conversations, talk, older, isComplete, isNew }) {
  const { listed, me } = conversations;
  byId("empty").hidden = listed.length > 0 || !isComplete;
  panes.hidden = listed.length === 0 && isComplete;
  byId("talk").hidden = !talk;
  if (talk) showTalk(talk, { hasOlder: older.of(talk), isFilled: older.isFilled(talk), isNew });
  list.show(listed.map((conversation) => ({ conversation, me, chosen: conversation === talk })));
  const unread = listed.reduce((sum, conversation) => sum + conversation.unread, 0);
  byId("count").textContent = unread ? `${unread} unread` : "";
}
