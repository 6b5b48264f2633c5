import { byId, element } from "./elements.js";

const TYPED = 300;
const form = byId("dead-filter");
const reasons = byId("dead-reason");

/** What to list, as the members of a query; empty when all is listed. */
export function filter() {
  const chosen = {};
  for (const { name, type, value } of form.elements) {
    const time = type === "datetime-local";
    if (name && value.trim()) chosen[name] = time ? new Date(value).toISOString() : value.trim();
  }
  return chosen;
}

/** Calls `onFilter` when another filter is chosen. */
export function watchFilter(onFilter) {
  let timer;
  const changed = () => {
    clearTimeout(timer);
    sayFilter();
    onFilter();
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, TYPED);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  // The fields are empty only after the event.
  form.addEventListener("reset", () => setTimeout(changed));
}

/** Who may not see people's names may not look for one either. */
export function offerSenders(offered) {
  const sender = byId("dead-sender");
  if (!offered) sender.value = "";
  sender.closest(".field").hidden = !offered;
}

/** Lets the reasons that were seen be chosen, also while another one is. */
export function offerReasons(groups) {
  const known = new Set(Array.from(reasons.options, ({ value }) => value));
  for (const reason of new Set(groups.map((group) => group.reason))) {
    if (reason && !known.has(reason)) reasons.append(element("option", {}, reason));
  }
}

function sayFilter() {
  const fields = Array.from(form.elements).filter(({ name, value }) => name && value.trim());
  byId("dead-filtered").textContent = fields
    .map(({ name, type, value, selectedOptions }) => {
      const said = type === "datetime-local" ? value.replace("T", " ") : (selectedOptions?.[0].text ?? value.trim());
      return `${name} ${said}`;
    })
    .join(", ");
}
