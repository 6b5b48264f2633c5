import { deadLetter } from "./dead-letter.js";
import { element, moment } from "./elements.js";

/** A letter in its group: a view with a checkbox, which opens to all there is to know. */
export function deadLetterRow(letter, { onChange, onSelect }) {
  const id = letter._id;
  const box = element("input", { type: "checkbox", "aria-label": `Select ${id}` });
  const label = element("span", { class: "state" });
  const time = element("span", {});
  const details = element("details", {}, element("summary", {},
    element("span", { class: "who" }, letter.sender ?? "sender unreadable"), label, element("code", {}, id), time));
  const node = element("li", { "data-id": id }, box, details);
  let current = letter;
  let opened = null;
  let shown;

  const update = (letter) => {
    const { state, replays, failedAt, history } = letter; // all that changes; the value may be large
    const now = [state, replays, failedAt, history?.length].join();
    if (now === shown) return;
    shown = now;
    current = letter;
    node.dataset.state = state;
    label.textContent = stateOf(letter);
    time.replaceChildren(moment(failedAt));
    opened?.update(letter);
  };
  update(letter);

  box.addEventListener("change", onSelect);
  details.addEventListener("toggle", () => {
    if (!details.open || opened) return;
    opened = deadLetter(current, onChange);
    details.append(opened.node);
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
