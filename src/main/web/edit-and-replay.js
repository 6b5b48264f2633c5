import { fromHex, isText, toHex } from "./bytes.js";
import { difference } from "./difference.js";
import { element } from "./elements.js";

const COMPARE_AFTER = 150;
let count = 0;

/**
 * A form to change a value before it is sent back; the difference is shown while typing. `send(value)` gets the bytes as
 * the server reads them, `close()` is called when nothing is to be sent. Gives the form.
 */
export function editAndReplay(original, { send, close }) {
  const id = `edit-${(count += 1)}`;
  const area = element("textarea", { id, rows: "5", spellcheck: "false", autocapitalize: "off", "aria-describedby": `${id}-hint` });
  const text = isText(original) || original == null ? (original ?? "") : null;
  // A text field cannot hold each text: it changes a carriage return, for instance. Such a value is edited as bytes.
  area.value = text ?? "";
  const asText = area.value === text;
  const before = asText ? text : toHex(original);
  area.value = before;

  const shown = element("div", { class: "compared" }, difference(before, before));
  const hint = element("p", { class: "hint", id: `${id}-hint` });
  const error = element("p", { class: "error", role: "status" });
  const replay = element("button", { class: "primary", "aria-disabled": "true" }, "Replay the edited");
  const cancel = element("button", { type: "button" }, "Cancel");
  const form = element("form", { class: "edit", novalidate: "" },
    element("label", { for: id }, asText ? "Value to send instead" : "Value to send instead, as hexadecimal bytes"),
    area, hint,
    element("h3", {}, "Difference to the original, which is kept"), shown,
    error,
    element("div", { class: "foot" }, replay, cancel, element("p", { class: "hint" },
      element("kbd", {}, "Ctrl"), " or ", element("kbd", {}, "⌘"), " ", element("kbd", {}, "Enter"), " replays, ",
      element("kbd", {}, "Esc"), " leaves.")));

  const compare = () => {
    shown.replaceChildren(difference(before, area.value));
    replay.ariaDisabled = String(area.value === before);
    hint.textContent = asText ? whatIsWrong(area.value) : "It is no plain text, so it is edited byte by byte.";
  };
  let timer;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    error.textContent = "";
    timer = setTimeout(compare, COMPARE_AFTER);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    else return;
    event.preventDefault();
  });
  cancel.addEventListener("click", close);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    error.textContent = area.value === before ? "Nothing is changed yet." : "";
    try {
      if (area.value !== before) await send(asText ? area.value : fromHex(area.value));
    } catch (problem) {
      error.textContent = problem.detail ?? problem.message;
    } finally {
      form.ariaBusy = "false";
    }
  });
  compare();
  return form;
}

/** Says what keeps a text from being a message, for whoever edits it; the server has the last word. */
function whatIsWrong(text) {
  try {
    const message = JSON.parse(text);
    const isObject = message !== null && typeof message === "object" && !Array.isArray(message);
    return isObject ? "A JSON object." : "JSON, but not an object.";
  } catch (error) {
    return `Not JSON: ${error.message}`;
  }
}
