import "./diff.min.js";
import { element, scrollable } from "./elements.js";

const { diffLines, diffWordsWithSpace } = globalThis.Diff;
const WITHIN = { timeout: 400 }; // ms; then what is left is not compared
const CONTEXT = 2;
const SIGNS = { same: "\u00a0 ", old: "−\u00a0", new: "+\u00a0" }; // not to be left alone at the end of a line
const ALIKE = 0.3; // of the longer text; with less in common the words are not marked

/** The difference of two texts by lines, and within changed lines by words. */
export function difference(before, after) {
  const view = element("pre", { class: "difference", ...scrollable("Difference", before + after) });
  if (before === after) view.append(element("span", { class: "quiet" }, "No difference yet."));
  else view.append(...changes(before, after).flatMap(render));
  return view;
}

function changes(before, after) {
  return diffLines(before, after, WITHIN) ?? [{ removed: true, value: before }, { added: true, value: after }];
}

function render(change, index, all) {
  if (change.removed) return linesOf(words(change, all[index + 1]), "old");
  if (change.added) return linesOf(words(all[index - 1], change), "new");
  const lines = linesOf([change], "same");
  const head = index === 0 ? 0 : CONTEXT;
  const tail = index === all.length - 1 ? 0 : CONTEXT;
  const skipped = lines.length - head - tail;
  if (skipped > 1) lines.splice(head, skipped, element("span", { class: "line quiet" }, `  … ${skipped} lines as before\n`));
  return lines;
}

/** The parts of changed lines, old and new; without any marks when one has no counterpart or is too different. */
function words(removed, added) {
  const whole = [removed, added].map((change) => ({ value: change?.value ?? "", removed: change === removed, added: change === added, all: true }));
  if (!removed?.removed || !added?.added) return whole;
  const parts = diffWordsWithSpace(removed.value, added.value, WITHIN) ?? whole;
  const alike = parts.reduce((sum, part) => sum + (part.added || part.removed ? 0 : part.value.length), 0);
  return alike < ALIKE * Math.max(removed.value.length, added.value.length) ? whole : parts;
}

/** Lines of one side. A line break at the end that only one side has is shown as a sign. */
function linesOf(parts, kind) {
  const side = parts.filter(({ added, removed }) => !(kind === "old" ? added : kind === "new" && removed));
  const lines = [[]];
  side.forEach(({ value, added, removed, all }, index) => {
    const marked = (added || removed) && !all;
    const last = index === side.length - 1;
    const texts = (last ? value.replace(/\n$/, marked ? "⏎" : "") : value).split("\n");
    texts.forEach((text, line) => {
      if (line > 0) lines.push([]);
      if (text) lines.at(-1).push(marked ? element("mark", {}, text) : text);
    });
  });
  const tag = { same: "span", old: "del", new: "ins" }[kind];
  return lines.map((line) => element(tag, { class: `line ${kind}` }, SIGNS[kind], ...line, "\n"));
}
