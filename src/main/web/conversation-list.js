import { byId, element, moment } from "./elements.js";
import { KeyedList } from "./keyed-list.js";
import { stampOf, textOf } from "./message.js";

const BEGINNING = 120;
const MANY = 1_000; // as far as the server counts
const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** The list of conversations, to choose one of them. `choose` is called with its partner. */
export function conversationList(choose) {
  const list = byId("conversations");
  list.addEventListener("keydown", move);
  return new KeyedList(list, ({ conversation }) => conversation.partner, (item) => entry(item, choose));
}

/** The arrow keys move, as the tab key does. */
function move(event) {
  const step = STEPS[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const buttons = [...this.querySelectorAll("button")];
  const to = buttons.indexOf(document.activeElement) + step;
  event.preventDefault();
  buttons[Math.max(0, Math.min(to, buttons.length - 1))]?.focus();
}

function entry(item, choose) {
  const { partner } = item.conversation;
  const name = element("span", { class: "partner", title: partner }, partner);
  const when = element("span", { class: "when" });
  const text = element("span", { class: "beginning" });
  const unread = element("span", { class: "unread" });
  const button = element("button", { type: "button" }, stampOf(partner), name, when,
    element("span", { class: "below" }, text, unread));
  button.addEventListener("click", () => choose(partner));
  let shown;

  const update = ({ conversation: { last, unread: count }, me, chosen }) => {
    button.setAttribute("aria-current", String(chosen));
    const now = [last._id, last.createdAt, count].join(" ");
    if (now === shown) return;
    shown = now;
    when.replaceChildren(moment(last.createdAt, true));
    text.textContent = (last.from === me ? "You: " : "") + textOf(last).slice(0, BEGINNING);
    unread.hidden = count === 0;
    const number = count >= MANY ? `${MANY - 1}+` : String(count);
    unread.replaceChildren(number, element("span", { class: "unseen" }, " unread"));
  };
  update(item);
  return { node: element("li", {}, button), update };
}
