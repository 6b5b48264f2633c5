import { element, moment } from "./elements.js";
import { ask } from "./problem.js";

/* How far the erasure of a person is, and what Kafka still has. */

const STATES = { erasing: "taking out", checking: "looking once more", done: "done" };
const COUNTED = { messages: "messages", deadLetters: "dead letters", receipts: "receipts", bulkReplays: "bulk replays" };

/** A view of one of the list, which opens to what remains. */
export function erasure(first) {
  const { id, person, by, startedAt } = first;
  const state = element("span", { class: "badge" });
  const counts = element("span", { class: "exception" });
  const bar = element("progress", { "aria-label": `Erasure of ${person}` });
  const detail = element("p", { class: "quiet" });
  const ended = element("dd", {});
  const remains = element("div", {});
  const notice = element("p", { class: "notice", role: "status" });
  const facts = element("dl", {}, element("dt", {}, "Asked by"), element("dd", {}, by),
    element("dt", {}, "Started"), element("dd", {}, moment(startedAt)), element("dt", {}, "Done"), ended);
  const body = element("div", { class: "letter" }, detail, facts, element("h3", {}, "Still in Kafka"), notice, remains);
  const details = element("details", {}, element("summary", {}, element("span", { class: "who" }, person), state, counts,
    element("span", { class: "seen" }, moment(startedAt))), bar, body);

  const update = (now) => {
    details.dataset.state = now.state;
    state.textContent = STATES[now.state] ?? now.state;
    state.dataset.result = now.state === "done" ? "live" : "deleted";
    counts.textContent = Object.entries(COUNTED).map(([key, word]) => `${now.counts[key] ?? 0} ${word}`).join(", ");
    bar.hidden = now.state === "done";
    detail.textContent = now.detail ?? "";
    ended.replaceChildren(now.endedAt ? moment(now.endedAt) : "not yet: it looks once more a minute and a half after the start");
  };

  const refresh = async () => {
    if (!details.open) return;
    try {
      const all = await ask(`/erasures/${encodeURIComponent(id)}`).then((response) => response.json());
      update(all);
      remains.replaceChildren(...(all.remains.length ? left(all.remains) : [element("p", {}, "Nothing of before the erasure.")]));
      notice.textContent = "";
    } catch (problem) {
      notice.textContent = problem.detail ?? problem.message;
    }
  };
  details.addEventListener("toggle", refresh);
  update(first);
  return { node: element("li", { "data-erasure": id }, details), update, refresh };
}

function left(remains) {
  const head = element("tr", {}, ...["Topic", "Records from", "until", "Kept for"].map((text) => element("th", { scope: "col" }, text)));
  const rows = remains.map(({ topic, earliest, latest, keptFor }) => element("tr", {},
    element("th", { scope: "row" }, element("code", {}, topic)), element("td", {}, moment(earliest)), element("td", {}, moment(latest)),
    element("td", {}, duration(keptFor))));
  return [
    element("p", {}, "Kafka takes out no single record. These topics still have records of before the erasure, and theirs may be among them; "
      + "what is read again from there is left out."),
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)),
  ];
}

/** PT168H as 7 days. */
function duration(text) {
  const hours = /^PT(\d+)H$/.exec(text)?.[1];
  if (!hours) return text.replace(/^PT/, "").toLowerCase();
  const [count, unit] = hours % 24 ? [hours, "hour"] : [hours / 24, "day"];
  return `${count} ${unit}${Number(count) === 1 ? "" : "s"}`;
}
