import { element, moment } from "./elements.js";

const TINTS = 6;

/** A person's first letter on a stamp. */
export function stampOf(name) {
  const tint = [...name].reduce((sum, character) => sum + character.codePointAt(0), 0) % TINTS;
  const stamp = element("span", { class: `stamp tint-${tint}`, "aria-hidden": "true" });
  stamp.append([...name.trim()][0]?.toUpperCase() ?? "?");
  return stamp;
}

export const textOf = ({ message }) => (typeof message === "string" ? message : JSON.stringify(message));

/** A message in its conversation: a view. One that I wrote has a status, sent, delivered or read. */
export function messageView({ message, status }, isNew) {
  const name = String(message.from ?? "");
  const when = element("p", { class: "when" });
  const node = element("li", { id: `message-${message._id}`, class: [status && "mine", isNew && "new"].filter(Boolean).join(" ") },
    stampOf(name), element("p", { class: "route", title: name }, name), when, element("p", { class: "text" }, textOf(message)));
  let shown;

  const update = (item) => {
    const now = `${item.status} ${item.message.createdAt}`;
    if (now === shown) return;
    shown = now;
    when.replaceChildren(moment(item.message.createdAt), ...(item.status ? [ticks(item.status)] : []));
  };
  update({ message, status });
  return { node, update };
}

function ticks(status) {
  return element("span", { class: "ticks", "data-status": status, title: status }, element("span", { class: "unseen" }, status));
}
