import { byId, element } from "./elements.js";
import { whoIs } from "./identity.js";
import { recallHere, rememberHere } from "./recall.js";

/* The two who talk: who sits at this tab, and to whom they write. */

const you = byId("from");
const to = byId("to");

let names;

/** Whether somebody has filled in, or emptied, whom to write to. */
let isToChosen = false;

/**
 * Fills in both names, and calls `become` with them, now and whenever another one sits here; `address`, when somebody
 * names another to write to. Who sits here is who is signed in; where nobody is asked, it is in the page's address, so that
 * a reload or a bookmark is the same person.
 */
export function introduce(known, { become, address }) {
  names = known;
  const person = whoIs().name;
  let name = person ?? (new URLSearchParams(location.search).get("as")?.trim() || recallHere("as") || names.first);
  you.readOnly = person !== null;
  if (person !== null) history.replaceState(null, "", location.pathname + location.hash);
  const chosen = recallHere("to");
  you.value = name;
  to.value = chosen && chosen !== name ? chosen : names.otherThan(name);

  you.addEventListener("change", () => {
    you.value = you.value.trim();
    if (!you.value || you.value === name) return;
    name = you.value;
    rememberHere("as", name);
    history.replaceState(null, "", `?${new URLSearchParams({ as: name })}${location.hash}`);
    if (to.value === name) to.value = names.otherThan(name);
    isToChosen = false;
    hint(to);
    become(name, to.value);
  });
  you.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    (to.value ? byId("message") : to).focus();
  });
  to.addEventListener("change", () => {
    rememberHere("to", (to.value = to.value.trim()));
    address(to.value);
  });
  for (const type of ["input", "change"]) to.addEventListener(type, () => (isToChosen = true));
  for (const input of [you, to]) {
    for (const type of ["input", "change"]) input.addEventListener(type, () => hint(input));
    hint(input);
  }
  become(name, to.value);
}

/** Writes to somebody from now on. */
export function writeTo(name) {
  to.value = name;
  rememberHere("to", name);
  hint(to);
}

/** Goes to the message field, and no further: what it answers stays in sight. */
export function write() {
  const field = byId("message");
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "nearest" });
}

/** Whether nobody is named to write to, nor was taken out again by hand. */
export function isToFree() {
  return !to.value && !isToChosen && document.activeElement !== to;
}

/** Says so when nothing will come of a name; client B has the last word. */
function hint(input) {
  const name = input.value.trim();
  const text = [`Client B keeps no messages for ${name}: `, element("code", {}, "client-b.name"), " (",
    element("code", {}, "CLIENT_B_NAME"), ") decides."];
  byId(`${input.id}-hint`).replaceChildren(...(name && !names.keeps(name) ? text : []));
}
