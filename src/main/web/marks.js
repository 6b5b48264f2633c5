import { post } from "./desk.js";
import { element, moment } from "./elements.js";
import { may } from "./identity.js";

const LONGEST = { hold: 500, tags: 40, notes: 2_000 };
let last = 0;

/**
 * What people say of a dead letter or a group: tags, notes, and whether it is on hold. `path` is its address; `attempt`
 * runs what is done to it, and says what goes wrong. {node, update(said)}; `said` has tags, notes and held.
 */
export function marksOf(path, attempt) {
  const id = `mark-${(last += 1)}`;
  const held = element("p", { class: "held" });
  const tags = element("span", {});
  const notes = element("ul", {});
  const input = element("input", { id, autocomplete: "off", maxlength: String(LONGEST.notes) });
  const button = (text, act) => {
    const made = element("button", { type: "button" }, text);
    made.addEventListener("click", act);
    return made;
  };
  const send = (action, body) => attempt(() => post(`${path}/${action}`, body));

  /** With what is written in the field, which is empty afterwards. */
  const written = (action, body, needed = true) => {
    const text = input.value.trim();
    if (!text && needed) return input.focus();
    return attempt(async () => {
      if (text.length > LONGEST[action]) throw new RangeError(`That is longer than ${LONGEST[action]} characters: shorten it.`);
      await post(`${path}/${action}`, body(text));
      input.value = "";
    });
  };
  const hold = button("Hold", () =>
    hold.dataset.held ? send("release", {}) : written("hold", (why) => (why ? { why } : {}), false));
  const form = element("form", {},
    element("label", { for: id }, "Tag, note or why"), input, hold,
    button("Add tag", () => written("tags", (tag) => ({ add: [tag] }))),
    button("Add note", () => written("notes", (text) => ({ text }))));
  form.addEventListener("submit", (event) => event.preventDefault());

  let shown;
  const update = ({ tags: now = [], notes: written = [], held: hold_ = null }) => {
    const what = JSON.stringify([now, written, hold_]);
    if (what === shown) return;
    shown = what;
    held.replaceChildren(...(hold_ ? onHold(hold_) : []));
    held.hidden = !hold_;
    hold.textContent = hold_ ? "Release" : "Hold";
    if (hold_) hold.dataset.held = "true";
    else delete hold.dataset.held;
    tags.replaceChildren(...now.map((tag) => element("span", { class: "tag" }, tag, ...(may("operator")
      ? [take(tag)] : []))));
    notes.replaceChildren(...written.map(({ at, by, text }) =>
      element("li", {}, text, " ", element("span", { class: "hint" }, `${by}, `, moment(at)))));
    notes.hidden = !written.length;
  };
  const take = (tag) => {
    const made = button("×", () => send("tags", { remove: [tag] }));
    made.ariaLabel = `Take the tag ${tag} away`;
    return made;
  };
  const node = element("div", { class: "marks" }, held, tags, ...(may("operator") ? [form] : []), notes);
  update({});
  return { node, update };
}

function onHold({ at, by, why, group }) {
  return [`On hold${group ? " with its group" : ""}${by ? ` by ${by}` : ""}, `, moment(at), why ? `: ${why}` : ""];
}

/** The same in a few words, for the line that opens it: nodes. */
export function labelsOf({ tags = [], held }) {
  return [...(held ? ["on hold"] : []), ...tags].map((text) => element("span", { class: "label" }, text));
}
