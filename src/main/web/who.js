import { byId, element } from "./elements.js";
import { recallHere, rememberHere } from "./recall.js";

/* The two who talk: who sits at this tab, and to whom they write. */

const you = byId("from");
const to = byId("to");

/**
 * Fills in both names, and calls `become` with the one who sits here, now and whenever that changes. It is in the page's
 * address, so that a reload or a bookmark is the same person.
 */
export function introduce(names, become) {
  let name = new URLSearchParams(location.search).get("as")?.trim() || recallHere("as") || names.first;
  const chosen = recallHere("to");
  you.value = name;
  to.value = chosen && chosen !== name ? chosen : names.otherThan(name);

  you.addEventListener("change", () => {
    you.value = you.value.trim();
    if (!you.value || you.value === name) return;
    name = you.value;
    rememberHere("as", name);
    history.replaceState(null, "", `?${new URLSearchParams({ as: name })}`);
    if (to.value === name) to.value = names.otherThan(name);
    hint(to, names);
    become(name);
  });
  you.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    (to.value ? byId("message") : to).focus();
  });
  to.addEventListener("change", () => rememberHere("to", (to.value = to.value.trim())));
  for (const input of [you, to]) {
    for (const type of ["input", "change"]) input.addEventListener(type, () => hint(input, names));
    hint(input, names);
  }
  become(name);
}

/** Takes for the other one who is there anyway, as long as nobody else was named. */
export function meet(name) {
  if (!to.value && document.activeElement !== to) to.value = name;
}

/** Says so when nothing will come of a name; client B has the last word. */
function hint(input, names) {
  const name = input.value.trim();
  const text = [`Client B keeps no messages for ${name}: `, element("code", {}, "client-b.name"), " (",
    element("code", {}, "CLIENT_B_NAME"), ") decides."];
  byId(`${input.id}-hint`).replaceChildren(...(name && !names.keeps(name) ? text : []));
}
