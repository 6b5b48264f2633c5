import { byId, element, moment } from "./elements.js";
import { may, onEnter } from "./identity.js";
import { polling } from "./polling.js";
import { ask } from "./problem.js";
import { addView } from "./views.js";

/* What the doctor has found, the worst first, each with the line that mends it. */

const TITLES = { loses: "Would lose data", breaks: "Would break", delays: "Would delay", production: "Not for production", unseen: "Not looked at" };
const URGENT = ["loses", "breaks", "delays"];
const SOON = 1_500;
const LATER = 30_000;
const place = byId("doctor-findings");
const poll = polling(refresh);
const count = polling(refresh);
let shown = null;

/** Beside its link is how many are urgent: it is looked at once when an operator comes. */
export function showDoctor() {
  addView("doctor", "operator", { open: poll.start, close: poll.stop });
  onEnter(() => may("operator") ? count.start() : count.stop());
}

async function refresh(isMine) {
  let wait = SOON;
  try {
    const said = await ask("/doctor").then((response) => response.json());
    if (!isMine()) return wait;
    show(said);
    byId("doctor-notice").textContent = "";
    if (said.looked) count.stop();
    if (said.looked && !said.looking) wait = LATER;
  } catch (problem) {
    if (!isMine()) return wait;
    byId("doctor-notice").textContent = problem.detail ?? problem.message;
    count.stop();
    wait = LATER;
  }
  return wait;
}

function show({ looked, findings }) {
  const urgent = findings.filter(({ severity }) => URGENT.includes(severity)).length;
  byId("doctor-count").textContent = urgent || "";
  byId("doctor-count").title = urgent ? `${urgent} would lose data, break or delay` : "";
  const said = byId("doctor-looked");
  if (!looked) said.textContent = "Looking for the first time…";
  else said.replaceChildren("Looked ", moment(looked), ", and again every minute while somebody asks.");
  const now = JSON.stringify([Boolean(looked), findings]);
  if (now === shown) return;
  shown = now;
  const groups = Object.entries(TITLES).map(([severity, title]) => [title, findings.filter((each) => each.severity === severity)]);
  place.replaceChildren(...groups.filter(([, all]) => all.length).map(([title, all]) => group(title, all)));
  if (looked && !findings.length) place.append(element("p", { class: "well" }, "All is well."));
}

function group(title, findings) {
  return element("section", { class: "findings", "data-severity": findings[0].severity },
    element("h3", {}, title), element("ul", {}, ...findings.map(finding)));
}

function finding({ id, what, why, mend }) {
  const copy = element("button", { type: "button", "aria-label": `Copy the line that mends ${id}` }, "Copy");
  copy.hidden = !navigator.clipboard; // only where the page came by a safe way
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(mend).then(() => (copy.textContent = "Copied"), () => (copy.textContent = "Not allowed"));
  });
  return element("li", { class: "finding", "data-finding": id },
    element("p", {}, element("b", {}, what)), element("p", {}, why),
    element("div", { class: "mend" }, element("pre", {}, element("code", {}, mend)), copy));
}
