import { byId } from "./elements.js";
import { KeyedList } from "./keyed-list.js";
import { messageView } from "./message.js";

const NEARLY = 40; // pixels above the end that count as being there

/* The open conversation: reads downwards, the newest message is at the end. */

const place = byId("talk-scroll");
const list = byId("messages");
let shown = null;
let messages;
let standOut = false;

/** Whether the newest message is in front of somebody. */
export function isLookedAt() {
  return !document.hidden && document.hasFocus() && place.offsetParent !== null && isAtEnd();
}

/** One scrolls from the end upwards. */
const isAtEnd = () => place.scrollTop > -NEARLY;

/**
 * Shows a conversation, at its end when it is opened. Who reads further up stays there, which the browser sees to.
 * `isNew` lets what is added stand out.
 */
export function showTalk(conversation, { hasOlder, isFilled, isNew }) {
  const opened = conversation !== shown;
  if (opened) {
    list.replaceChildren();
    messages = new KeyedList(list, ({ message }) => message._id, (item) => messageView(item, standOut));
    byId("partner").textContent = conversation.partner;
    byId("partner").title = conversation.partner;
  }
  shown = conversation;
  standOut = isNew;
  const atEnd = opened || isAtEnd();
  messages.show(conversation.items);
  if (atEnd) place.scrollTop = 0;
  byId("older").hidden = !hasOlder;
  byId("nothing").hidden = conversation.log.size > 0 || hasOlder || !isFilled;
  byId("newest").hidden = !conversation.unread || isAtEnd();
  byId("newest").textContent = `${conversation.unread} new below`;
}

export function toEnd() {
  place.scrollTop = 0;
}

/** Calls `onEnd` when somebody has scrolled down to the newest message. */
export function watchEnd(onEnd) {
  let wasAtEnd = true;
  place.addEventListener("scroll", () => {
    if (isAtEnd() && !wasAtEnd) onEnd();
    wasAtEnd = isAtEnd();
  }, { passive: true });
}

/** Calls `load` when somebody asks for older messages, once at a time. */
export function watchOlder(load) {
  const button = byId("older");
  button.addEventListener("click", async () => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    await load();
    button.ariaBusy = "false";
    const hasFocus = [button, document.body].includes(document.activeElement);
    if (button.hidden && hasFocus) list.focus({ preventScroll: true });
  });
}
