import { element, moment } from "./elements.js";

const TINTS = 6;

/** A message in the list, as `clientId` sees it. */
export function messageItem({ from, to, message, createdAt, _id }, clientId, isNew) {
  const name = String(from ?? "");
  const tint = [...name].reduce((sum, character) => sum + character.codePointAt(0), 0) % TINTS;
  const stamp = element("span", { class: `stamp tint-${tint}`, "aria-hidden": "true" });
  stamp.append([...name.trim()][0]?.toUpperCase() ?? "?");
  const names = element("p", { class: "route" }, name, element("span", { class: "arrow" }, " to "), String(to ?? ""));
  const text = typeof message === "string" ? message : JSON.stringify(message);
  const classes = [from === clientId ? "mine" : "", isNew ? "new" : ""].join(" ").trim();
  return element("li", { id: `message-${_id}`, class: classes },
    stamp, names, moment(createdAt), element("p", { class: "text" }, text));
}
