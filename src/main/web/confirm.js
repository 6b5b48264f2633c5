import { element } from "./elements.js";

/**
 * Asks before what matters. With `word`, somebody has to write it. Resolves to whether it is meant.
 */
export function confirmThat({ heading, text, action, word = null }) {
  const field = element("input", { id: "confirm-word", autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  const yes = element("button", { class: "primary" }, action);
  const no = element("button", { type: "button" }, "Cancel");
  const form = element("form", { method: "post", novalidate: "" },
    element("h2", { id: "confirm-heading" }, heading),
    element("p", { id: "confirm-text" }, text),
    ...(word === null ? [] : [element("div", { class: "field" },
      element("label", { for: "confirm-word" }, "To go on, write ", element("b", {}, word)), field)]),
    element("div", { class: "foot" }, yes, no));
  const dialog = element("dialog", { class: "confirm", "aria-labelledby": "confirm-heading", "aria-describedby": "confirm-text" }, form);
  const before = document.activeElement;
  const isMeant = () => word === null || field.value === word;
  const look = () => (yes.ariaDisabled = String(!isMeant()));

  document.body.append(dialog);
  look();
  dialog.showModal();
  (word === null ? no : field).focus();
  return new Promise((resolve) => {
    const end = (meant) => {
      dialog.remove();
      if (before?.isConnected) before.focus();
      resolve(meant);
    };
    field.addEventListener("input", look);
    no.addEventListener("click", () => end(false));
    dialog.addEventListener("close", () => dialog.isConnected && end(false));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isMeant()) end(true);
    });
  });
}
