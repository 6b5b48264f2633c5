import { element } from "./elements.js";
import { askService, pathOf, postToService } from "./route-service.js";

const PATIENCE = 60_000; // it runs for 20 s at most, behind two contexts that start
let count = 0;

/** A form to try a text of a route file on the last messages, without any effect. `close()` is called when it is left. */
export function tryRoute(file, close) {
  const id = `try-${(count += 1)}`;
  const area = element("textarea", { id, rows: "18", spellcheck: "false", autocapitalize: "off", wrap: "off", "aria-describedby": `${id}-hint` });
  const limit = element("input", { id: `${id}-limit`, type: "number", min: "1", max: "1000", step: "1", value: "100", inputmode: "numeric" });
  const run = element("button", { class: "primary" }, "Try it");
  const leave = element("button", { type: "button" }, "Close");
  const error = element("pre", { class: "error", role: "alert" });
  const result = element("div", { role: "status" });
  const form = element("form", { class: "edit", novalidate: "" },
    element("label", { for: id }, "Text to try"), area,
    element("p", { class: "hint", id: `${id}-hint` }, "The last messages are handled by it and by what runs, one by one. Nothing is stored, sent or committed."),
    element("div", { class: "foot" }, run, leave,
      element("span", { class: "rate" }, element("label", { for: limit.id }, "Messages"), limit)),
    error, result);

  const attempt = async (work) => {
    form.ariaBusy = "true";
    error.textContent = "";
    try {
      await work();
    } catch (problem) {
      error.textContent = problem.detail ?? problem.message;
    } finally {
      form.ariaBusy = "false";
    }
  };
  leave.addEventListener("click", close);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    if (!limit.validity.valid || !limit.value) {
      error.textContent = "How many messages is a whole number from 1 to 1000.";
      return limit.focus();
    }
    result.replaceChildren(element("p", { class: "quiet" }, "Handling the last messages twice…"));
    attempt(async () => {
      const signal = AbortSignal.timeout(PATIENCE);
      const report = await postToService(pathOf(file, `shadow?limit=${limit.value}`), area.value, { signal });
      result.replaceChildren(...reported(report));
    }).then(() => error.textContent && result.replaceChildren());
  });
  attempt(async () => (area.value = (await askService(pathOf(file, "text"))).text)).then(() => area.focus({ preventScroll: true }));
  return form;
}

function reported({ topic, records, different, running, candidate, differences }) {
  const kinds = [...new Set([...Object.keys(running), ...Object.keys(candidate)])].sort();
  const cell = (value) => element("td", {}, String(value));
  const rows = kinds.map((kind) => element("tr", running[kind] === candidate[kind] ? {} : { class: "other" },
    element("th", { scope: "row" }, element("code", {}, kind)), cell(running[kind] ?? 0), cell(candidate[kind] ?? 0)));
  const head = element("tr", {}, ...["Written to", "runs now", "this text"].map((text) => element("th", { scope: "col" }, text)));
  return [
    element("p", {}, element("b", {}, different ? `${different} of ${records} would end otherwise.` : `All ${records} would end the same.`),
      ` They are the last ones of ${topic}.`),
    ...(rows.length ? [element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows))] : []),
    ...differences.map(ofRecord),
  ];
}

function ofRecord({ partition, offset, running, candidate }) {
  const lines = (tag, kind, sign, all) => (all.length ? all : ["nothing"]).map((line) => element(tag, { class: `line ${kind}` }, `${sign}\u00a0${line}\n`));
  return element("details", { class: "record" },
    element("summary", {}, `Partition ${partition}, offset ${offset}`),
    element("pre", { class: "difference" }, ...lines("del", "old", "−", running), ...lines("ins", "new", "+", candidate)));
}
