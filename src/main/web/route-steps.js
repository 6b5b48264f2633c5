import { element } from "./elements.js";
import { stepKey } from "./rates.js";

/* The steps of a route in their order, those within a step inside it, and branches side by side. */

const BRANCHES = new Set(["choice", "multicast", "loadBalance"]);

/** `choose(id)` is called with a route that a step leads to. Gives {node, update(route)}. */
export function routeSteps(route, { rates, choose, knows }) {
  const shown = new Map(); // id to its figures
  const head = element("p", { class: "figures" });
  const state = element("span", { class: "badge" });
  const node = element("section", { class: "steps-of", tabindex: "-1", "aria-labelledby": "steps-heading" },
    element("div", { class: "bar" }, element("h3", { id: "steps-heading" }, element("code", {}, route.id)), state, head),
    ...(route.description ? [element("p", {}, route.description, ".")] : []),
    element("p", { class: "quiet" }, [route.file, route.policies.length ? `what fails: ${route.policies.join(", ")}` : ""].filter(Boolean).join(" · ")),
    element("ol", { class: "steps" },
      element("li", { class: "step from" }, element("div", { class: "box" }, element("b", {}, "from"), " ", element("code", {}, route.from))),
      ...route.steps.map(step)));

  function step({ id, kind, text, to = [], steps = [] }) {
    const figures = element("span", { class: "figures" });
    shown.set(id, figures);
    const leads = to.filter(knows).map((other) => {
      const button = element("button", { type: "button", class: "leads" }, "→ ", element("code", {}, other));
      button.addEventListener("click", () => choose(other));
      return button;
    });
    const isSaid = text && !(leads.length && text.startsWith("direct:")); // the button says it
    const within = steps.length ? [element("ol", { class: BRANCHES.has(kind) ? "branches" : "steps" }, ...steps.map(step))] : [];
    return element("li", { class: "step", "data-kind": kind, title: id },
      element("div", { class: "box" },
        element("div", { class: "does" }, element("b", {}, kind), " ", ...(isSaid ? [element("code", {}, text)] : []), ...leads, figures),
        ...within));
  }

  const showFigures = (place, id, counted) => {
    const words = rates.words(stepKey(id), counted);
    if (place.textContent !== words) place.textContent = words;
    place.parentElement?.classList.toggle("failing", counted.failed > 0);
  };
  const update = (now) => {
    state.textContent = now.state.toLowerCase();
    state.dataset.result = now.state === "Started" ? "live" : "deleted";
    const mean = now.mean === undefined || !now.total ? "" : ` · ${now.mean} ms each`;
    head.textContent = `${rates.words(now.id, now)}${mean}`;
    const visit = (each) => {
      // Of a branch what is counted is what comes to its first step.
      const counted = each.total === undefined && each.steps?.length ? each.steps[0] : each;
      if (shown.has(each.id)) showFigures(shown.get(each.id), counted.id, counted);
      each.steps?.forEach(visit);
    };
    now.steps.forEach(visit);
  };
  update(route);
  return { node, update };
}
