import { bytesOf, factsOf, historyOf } from "./dead-letter-facts.js";
import { act, say } from "./desk.js";
import { editAndReplay } from "./edit-and-replay.js";
import { element } from "./elements.js";
import { may } from "./identity.js";
import { marksOf } from "./marks.js";

// What the server lets one do in each state; in all others it has to come to an end first.
const POSSIBLE = { failed: ["replay", "edit", "discard"], parked: ["discard"], discarded: ["undo"] };

/** An opened dead letter: what can be done, the facts, the bytes, the history. `onChange` is called after a change. */
export function deadLetter(letter, onChange) {
  const id = letter._id;
  let current = letter;
  let facts = factsOf(letter);
  let busy = false;

  const button = (text) => element("button", { type: "button" }, text);
  const replay = button("Replay");
  const edit = button("Edit and replay");
  const discard = button("Discard");
  const notice = element("p", { class: "notice", role: "status" });
  const editing = element("div", {});
  const bytes = bytesOf(letter);
  const history = historyOf(letter);
  edit.ariaExpanded = "false";

  const can = (action) => (POSSIBLE[current.state] ?? []).includes(action) && !(current.held && action !== "undo");

  /** A refusal is said here, at the letter, and the letter is shown as it is now. */
  const attempt = async (work) => {
    if (busy) return;
    busy = true;
    notice.textContent = "";
    try {
      await work();
    } catch (problem) {
      notice.textContent = problem.detail ?? problem.message;
    } finally {
      busy = false;
      await onChange();
    }
  };

  const marks = marksOf(`/dead-letters/${encodeURIComponent(id)}`, attempt);
  marks.update(letter);

  const sendBack = async (value) => {
    await act(id, "replay", value === undefined ? {} : { value });
    say(`${value === undefined ? "Replayed" : "Edited and replayed"} ${id}.`);
  };
  const undo = () => attempt(async () => {
    await act(id, "undo");
    say(`${id} is back where it was.`);
  });
  const closeEditor = () => {
    editing.replaceChildren();
    edit.ariaExpanded = "false";
    edit.focus();
  };

  replay.addEventListener("click", () => can("replay") && attempt(() => sendBack()));
  discard.addEventListener("click", () => {
    if (can("undo")) undo();
    else if (can("discard")) attempt(async () => {
      await act(id, "discard");
      say(`Discarded ${id}.`, undo);
    });
  });
  edit.addEventListener("click", () => {
    if (edit.ariaExpanded === "true") return closeEditor();
    if (!can("edit")) return;
    const form = editAndReplay(current.value, {
      send: async (value) => {
        await sendBack(value).finally(onChange);
        closeEditor();
      },
      close: closeEditor,
    });
    editing.replaceChildren(form);
    edit.ariaExpanded = "true";
    const area = form.querySelector("textarea");
    area.focus();
    area.setSelectionRange(0, 0);
  });

  const showPossible = () => {
    replay.ariaDisabled = String(!can("replay"));
    edit.ariaDisabled = String(!can("edit") && edit.ariaExpanded !== "true");
    discard.ariaDisabled = String(!can("discard") && !can("undo"));
    discard.textContent = current.state === "discarded" ? "Undo discard" : "Discard";
  };
  showPossible();

  const node = element("div", { class: "letter" }, ...(may("operator")
    ? [element("div", { class: "actions" }, replay, edit, discard), marks.node, notice, editing, bytes.value, facts, bytes.rest]
    : [marks.node, facts, element("p", { class: "hint part" }, "What it says, and whose it is, is for operators.")]), history.node);
  const update = (letter) => {
    current = letter;
    const changed = factsOf(letter);
    facts.replaceWith(changed);
    facts = changed;
    history.update(letter);
    marks.update(letter);
    showPossible();
  };
  return { node, update };
}
