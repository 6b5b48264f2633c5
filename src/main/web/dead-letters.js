import { byId, element, moment } from "./elements.js";
import { ask } from "./problem.js";

const REFRESH_EVERY = 4_000;
const LIMIT = 50;
const section = byId("dead-letters");
const shown = new Map(); // id to {json, node}
let timer;

/** Shows the dead letters, refreshed while their section is open and the page is visible. */
export function showDeadLetters() {
  byId("dead-refresh").addEventListener("click", refresh);
  section.addEventListener("toggle", refresh);
  document.addEventListener("visibilitychange", refresh);
  return refresh();
}

async function refresh() {
  clearTimeout(timer);
  try {
    const response = await ask(`/dead-letters?limit=${LIMIT}`);
    show(await response.json(), response.headers.has("Link"));
    notice("");
  } catch (problem) {
    notice(problem.detail ?? problem.message);
  }
  clearTimeout(timer);
  if (section.open && !document.hidden) timer = setTimeout(refresh, REFRESH_EVERY);
}

function show(letters, more) {
  byId("dead-count").textContent = letters.length ? `${letters.length}${more ? "+" : ""}` : "";
  byId("dead-empty").hidden = letters.length > 0;
  const ids = new Set(letters.map(({ _id }) => _id));
  for (const [id, { node }] of shown) {
    if (!ids.has(id)) {
      node.remove();
      shown.delete(id);
    }
  }
  letters.forEach((letter, index) => {
    const node = nodeOf(letter);
    const list = byId("dead-list");
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
}

/** The element of a dead letter; the same one as long as it says the same, so that an open one stays open. */
function nodeOf(letter) {
  const json = JSON.stringify(letter);
  const known = shown.get(letter._id);
  if (known?.json === json) return known.node;
  const node = element("li", {}, render(letter, known?.node.firstChild.open));
  known?.node.replaceWith(node);
  shown.set(letter._id, { json, node });
  return node;
}

function render(letter, open) {
  const exception = String(letter.exception ?? "");
  const position = `${letter.originalTopic ?? "?"}, partition ${letter.originalPartition ?? "?"}, offset ${letter.originalOffset ?? "?"}`;
  const facts = element("dl", {});
  fact(facts, "Exception", exception);
  fact(facts, "Route", letter.route);
  fact(facts, "Attempts", letter.attempts);
  fact(facts, "Position", position);
  fact(facts, "Written", letter.originalTimestamp && moment(letter.originalTimestamp));
  fact(facts, "Failed", moment(letter.failedAt));
  fact(facts, "Key", text(letter.key));
  fact(facts, "Text", element("pre", {}, text(letter.value)));

  const details = element("details", {},
    element("summary", {},
      element("span", { class: "reason" }, letter.message || exception || "No reason given"),
      element("span", { class: "exception" }, exception.split(".").at(-1)),
      moment(letter.failedAt)),
    facts);
  details.open = Boolean(open);
  return details;
}

/** Bytes that are no UTF-8 come as {base64}. */
function text(bytes) {
  return bytes?.base64 ?? bytes ?? "";
}

function fact(list, name, value) {
  if (value == null || value === "") return;
  list.append(element("dt", {}, name), element("dd", {}, value instanceof Node ? value : String(value)));
}

function notice(text) {
  byId("dead-notice").textContent = text;
}
