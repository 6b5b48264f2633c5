import { isText, toArray, toDump, toText } from "./bytes.js";
import { difference } from "./difference.js";
import { element, moment, scrollable } from "./elements.js";
import { isSignedIn } from "./identity.js";
import { KeyedList } from "./keyed-list.js";

const SHOWN_TEXT = 20_000; // characters
const SHOWN_BYTES = 4_096;

/** What is known of a dead letter: it changes when the letter does. */
export function factsOf(letter) {
  const place = (topic, partition, offset) =>
    topic && `${topic}, partition ${partition ?? "?"}, offset ${offset ?? "?"}`;
  return element("dl", {}, ...[
    ["Reason", letter.message],
    ["Exception", letter.exception],
    ["Route", [letter.route, letter.step].filter(Boolean).join(", step ")],
    ["Attempts", letter.attempts],
    ["Replays", letter.replays || null],
    ["Sender", letter.sender],
    ["Message id", letter.messageId],
    ["Came from", place(letter.originalTopic, letter.originalPartition, letter.originalOffset)],
    ["Kept in", place(letter.topic, letter.partition, letter.offset)],
    ["Written", letter.originalTimestamp && moment(letter.originalTimestamp)],
    ["First failed", letter.firstFailedAt !== letter.failedAt && letter.firstFailedAt && moment(letter.firstFailedAt)],
    ["Failed", letter.failedAt && moment(letter.failedAt)],
  ].flatMap(([name, value]) => fact(name, value)));
}

function fact(name, value) {
  if (value == null || value === "" || value === false) return [];
  return [element("dt", {}, name), element("dd", {}, value instanceof Node ? value : String(value))];
}

/** The original bytes, as text or as hex: {value, rest}, two nodes. They never change. */
export function bytesOf({ _id, key, value, headers }) {
  const toggle = element("button", { type: "button", "aria-pressed": "false" }, "Hex");
  const first = element("dl", { class: "bytes" });
  const others = element("dl", { class: "bytes" });
  const show = (hex) => {
    first.replaceChildren(...block("Value", value, hex, _id));
    others.replaceChildren(
      ...block("Key", key, hex, _id),
      ...(headers ?? []).flatMap((header) => block(header.key, header.value, hex, _id)));
  };
  toggle.addEventListener("click", () => {
    toggle.ariaPressed = String(toggle.ariaPressed !== "true");
    show(toggle.ariaPressed === "true");
  });
  show(false);
  return {
    value: element("div", { class: "part" },
      element("div", { class: "bar" }, element("h3", {}, "As it arrived"), toggle), first),
    rest: element("div", { class: "part" }, element("h3", {}, "Key and headers"), others),
  };
}

function block(name, bytes, hex, id) {
  const array = toArray(bytes);
  if (!array.length) return [element("dt", {}, name), element("dd", {}, bytes == null ? "none" : "empty")];
  const size = `${array.length} ${array.length === 1 ? "byte" : "bytes"}${isText(bytes) ? "" : ", not UTF-8"}`;
  const term = element("dt", {}, name, " ", element("span", { class: "size" }, size));
  const text = hex ? toDump(array.subarray(0, SHOWN_BYTES)) : toText(bytes);
  const cut = hex ? array.length > SHOWN_BYTES : text.length > SHOWN_TEXT;
  const pre = element("pre", { ...scrollable(name, text), class: hex ? "hex" : "" },
    hex ? text : text.slice(0, SHOWN_TEXT));
  return [term, element("dd", {}, pre, ...(cut ? [element("p", { class: "hint" }, "Only the beginning is shown; ", all(id), ".")] : []))];
}

/** Where to find all of a letter; no link shows a token. */
function all(id) {
  const path = `/dead-letters/${encodeURIComponent(id)}`;
  return isSignedIn() ? element("code", {}, `GET ${path}`) : element("a", { href: path }, "all of it as JSON");
}

/** What happened to a letter: a view to update with the letter. */
export function historyOf(letter) {
  const list = element("ol", { class: "history" });
  const entries = new KeyedList(list, ({ index }) => index, (entry) => ({ node: happened(entry), update() {} }));
  const update = ({ history, value }) =>
    entries.show((history ?? []).map((entry, index) => ({ ...entry, index, original: value })));
  update(letter);
  return { node: element("div", { class: "part" }, element("h3", {}, "What happened"), list), update };
}

function happened({ at, action, by, detail, value, original }) {
  const who = by ? ` by ${by}` : "";
  const node = element("li", {}, moment(at), element("p", {}, element("b", {}, String(action)), who, detail ? `: ${detail}` : ""));
  if (value !== undefined) {
    node.append(element("details", {},
      element("summary", {}, "What was sent instead"), difference(toText(original), toText(value))));
  }
  return node;
}
