import { element } from "./elements.js";
import { KeyedList } from "./keyed-list.js";
import { Rates } from "./rates.js";
import { routeMap } from "./route-map.js";
import { routeSteps } from "./route-steps.js";

/* The routes as they run: how they lead to one another, those that lead nowhere, and the steps of the chosen one. */

/** @param places the elements for {map, alone, route, sum} */
export function flow({ map, alone, route: place, sum }) {
  const rates = new Rates();
  const drawnMap = routeMap(map, choose);
  const others = new KeyedList(alone, ({ id }) => id, chip);
  let steps = null;
  let chosen = null;
  let routes = new Map();

  function choose(id, focus = false) {
    chosen = chosen === id ? null : id;
    draw();
    if (chosen !== null && (focus || steps)) steps?.node.scrollIntoView({ block: "nearest" });
    if (focus) steps?.node.focus({ preventScroll: true });
  }

  function chip(route) {
    const name = element("code", {}, route.id);
    const figures = element("span", { class: "figures" });
    const button = element("button", { type: "button" }, name, " ", figures);
    button.addEventListener("click", () => choose(route.id));
    const update = (now) => showRoute(button, figures, now);
    update(route);
    return { node: element("li", {}, button), update };
  }

  function showRoute(button, figures, { id, from, state, failed, total }) {
    button.setAttribute("aria-expanded", String(chosen === id));
    button.dataset.state = state;
    button.title = from;
    figures.textContent = state === "Started" ? rates.words(id, { total, failed }) : state.toLowerCase();
  }

  function draw() {
    const all = [...routes.values()];
    const linked = new Set(all.flatMap(({ id, leads }) => (leads.length ? [id, ...leads] : [])));
    drawnMap.show(all.filter(({ id }) => linked.has(id)), { chosen, rates });
    const apart = all.filter(({ id }) => !linked.has(id)).sort((one, other) => one.id.localeCompare(other.id));
    others.show(apart);
    alone.previousElementSibling.hidden = apart.length === 0;
    showSteps(routes.get(chosen));
  }

  function showSteps(route) {
    if (!route) {
      place.replaceChildren();
      steps = null;
    } else if (steps?.shape === shapeOf(route)) {
      steps.update(route);
    } else {
      steps = { ...routeSteps(route, { rates, choose: (id) => choose(id, true), knows: (id) => routes.has(id) }), shape: shapeOf(route) };
      place.replaceChildren(steps.node);
    }
  }

  return {
    /** The route whose steps are shown, or null. */
    get chosen() {
      return chosen;
    },
    /** What the service has answered. */
    show(drawn) {
      rates.take(drawn.routes, performance.now());
      routes = new Map(drawn.routes.map((route) => [route.id, { ...route, leads: leadsOf(route).filter((id) => id !== route.id) }]));
      const perSecond = drawn.routes.reduce((all, { id }) => all + (rates.of(id) ?? 0), 0);
      const inflight = drawn.routes.reduce((all, route) => all + (route.inflight ?? 0), 0);
      sum.textContent = `${drawn.routes.length} routes, ${rates.rounded(perSecond)} a second, ${inflight} under way`;
      if (!routes.has(chosen)) chosen = null;
      draw();
    },
    clear() {
      rates.clear();
      routes = new Map();
      chosen = null;
      draw();
    },
  };
}

/** Another form of a route, once its file was saved, is drawn anew. */
function shapeOf(route) {
  return JSON.stringify(route, (key, value) => (["total", "failed", "inflight", "mean", "state", "leads"].includes(key) ? undefined : value));
}

const leadsOf = ({ steps = [] }) => [...new Set(steps.flatMap((step) => [...(step.to ?? []), ...leadsOf(step)]))];
