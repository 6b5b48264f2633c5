import { byId } from "./elements.js";
import { may, onEnter } from "./identity.js";

/* What is in front: the messages, or what an address behind # names, so that a reload and "back" find it again. */

const TALK = { name: "", link: byId("show-talk"), main: byId("talk-view"), role: "client", open() {}, close() {} };
const views = new Map([["", TALK]]);
let current = TALK;

/** `name` is that of its link and its main; `open` is called when it comes to the front, `close` when it leaves. */
export function addView(name, role, { open, close }) {
  views.set(name, { name, link: byId(`show-${name}`), main: byId(name), role, open, close });
}

/** Shows what the address names to whom may see it, now and whenever one of both is another. */
export function openViews() {
  window.addEventListener("hashchange", turn);
  onEnter(() => {
    const others = [...views.values()].filter((view) => view !== TALK);
    for (const { link, role } of others) link.hidden = !may(role);
    byId("views").hidden = others.every(({ role }) => !may(role));
    turn();
  });
}

function turn() {
  const named = views.get(location.hash.slice(1));
  const asked = named ?? current; // an address within what is in front
  const next = may(asked.role) ? asked : TALK;
  if (next !== current) {
    current.close();
    current = next;
    for (const view of views.values()) view.main.hidden = view !== next;
    byId("skip").href = `#${next.name || "message"}`;
    byId("skip").textContent = next === TALK ? "Skip to writing" : "Skip to the content";
    next.open();
  }
  for (const { link } of views.values()) {
    if (link === next.link) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
