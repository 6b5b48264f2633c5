import { deadLetter } from "./dead-letter.js";
import { element, moment } from "./elements.js";
import { may } from "./identity.js";
import { labelsOf } from "./marks.js";
import { ask } from "./problem.js";

/** A letter in its group: a view with a checkbox, which opens to all there is to know. */
export function deadLetterRow(letter, { onChange, onSelect, box: selectable = true }) {
  const id = letter._id;
  const box = element("input", { type: "checkbox", "aria-label": `Select ${id}` });
  const label = element("span", { class: "state" });
  const time = element("span", {});
  const labels = element("span", {});
  const notice = element("p", { class: "notice", role: "status" });
  const details = element("details", {}, element("summary", {},
    element("span", { class: "who" }, letter.sender ?? (may("operator") ? "sender unreadable" : "somebody")), label, element("code", {}, id), labels, time), notice);
  const node = element("li", { "data-id": id }, ...(selectable && may("operator") ? [box] : []), details);
  let opened = null;
  let shown;

  const update = (letter) => {
    const { state, replays, failedAt, history } = letter; // all that changes
    const now = [state, replays, failedAt, history?.length, history?.at(-1)?.at].join();
    if (now === shown) return;
    shown = now;
    node.dataset.state = state;
    label.textContent = stateOf(letter);
    time.replaceChildren(moment(failedAt));
    labels.replaceChildren(...labelsOf(letter));
    if (opened) open();
  };

  /** A list has no values: all of the letter is read when it is opened, and when it has changed since. */
  const open = async () => {
    try {
      const all = await ask(`/dead-letters/${encodeURIComponent(id)}`).then((response) => response.json());
      if (opened) opened.update(all);
      else details.append((opened = deadLetter(all, onChange)).node);
      notice.textContent = "";
    } catch (problem) {
      notice.textContent = problem.detail ?? problem.message;
    }
  };
  update(letter);

  box.addEventListener("change", onSelect);
  details.addEventListener("toggle", () => {
    if (details.open && !opened) open();
  });
  return {
    id,
    node,
    update,
    get selected() {
      return box.checked;
    },
    set selected(checked) {
      box.checked = checked;
    },
  };
}

function stateOf({ state, replays }) {
  const times = replays > 1 ? `, replayed ${replays} times` : ", replayed once";
  if (state === "failed") return `open${replays ? times : ""}`;
  return `${state ?? ""}${state === "parked" && replays ? times : ""}`;
}
