import { byId } from "./elements.js";
import { isSignedIn } from "./identity.js";
import { ask } from "./problem.js";
import { recall, remember } from "./recall.js";

/* What is done at the dead-letter desk, by whom, and how it is said. */

const line = byId("dead-status");
const undoButton = byId("dead-undo");
const by = byId("dead-by");
let takeBack = null;

/** Posts to the desk in the name of who sits there, which the server knows if it has asked. Resolves to the answer; throws a problem. */
export async function post(path, body) {
  const who = isSignedIn() ? "" : by.value.trim();
  const response = await ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(who ? { by: who, ...body } : body),
  });
  return response.json();
}

/** `action` is replay, discard or undo. */
export function act(id, action, body = {}) {
  return post(`/dead-letters/${encodeURIComponent(id)}/${action}`, body);
}

/**
 * Does the same to several, one after the other. A refusal concerns one letter only; when there is no proper answer the
 * rest is left alone. Resolves to {done: [id], problems: [{id, detail}]}.
 */
export async function actOnAll(ids, action) {
  const done = [];
  const problems = [];
  for (const id of ids) {
    try {
      await act(id, action);
      done.push(id);
    } catch (problem) {
      problems.push({ id, detail: problem.detail ?? problem.message });
      if (!(problem.status >= 400 && problem.status < 500)) break;
    }
  }
  return { done, problems };
}

/** Says what was done; with `undo`, an async function, it can be taken back from here. */
export function say(text, undo = null) {
  const focused = document.activeElement === undoButton;
  line.textContent = text;
  takeBack = undo;
  undoButton.hidden = !undo;
  if (focused && !undo) line.focus();
}

export const lettersIn = (count) => `${count} ${count === 1 ? "letter" : "letters"}`;

export function openDesk() {
  byId("dead-who").hidden = isSignedIn();
  by.value = recall("by") ?? "";
  by.addEventListener("change", () => remember("by", by.value.trim()));
  undoButton.addEventListener("click", () => takeBack?.());
  byId("dead-letters").addEventListener("keydown", (event) => {
    const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!undoes || !takeBack || event.target.matches("textarea, input:not([type=checkbox])")) return;
    event.preventDefault();
    takeBack();
  });
}
