import { element, scrollable } from "./elements.js";

const KINDS = { "+": ["ins", "new", "+"], "-": ["del", "old", "−"], " ": ["span", "same", "\u00a0"] };

/** What `diff -u` says, line by line; without the names of the files. */
export function unified(text) {
  const lines = text.split("\n").slice(text.startsWith("--- ") ? 2 : 0).filter(Boolean);
  if (!lines.length) return element("p", { class: "quiet" }, "The text is the same.");
  return element("pre", { class: "difference", ...scrollable("Difference", text) }, ...lines.map(render));
}

function render(line) {
  const kind = KINDS[line[0]];
  if (!kind) return element("span", { class: "line quiet" }, `${line.replace(/^@@ -(\d+).*/, "  line $1")}\n`);
  const [tag, name, sign] = kind;
  return element(tag, { class: `line ${name}` }, `${sign}\u00a0${line.slice(1)}\n`);
}
