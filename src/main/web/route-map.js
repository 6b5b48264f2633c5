import { element } from "./elements.js";
import { layout } from "./route-layout.js";

/* The map of the routes: boxes in the order in which messages go through them, and lines for what leads to what. */

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 10;
const BOX = { least: 118, most: 158, height: 54, across: 22, down: 10 };

/** `choose(id)` is called with a route that is clicked. Gives {show(routes, {chosen, rates})}. */
export function routeMap(place, choose) {
  const lines = document.createElementNS(SVG, "svg");
  lines.setAttribute("aria-hidden", "true");
  const boxes = element("ol", {});
  const sheet = element("div", { class: "sheet" }, lines, boxes);
  const views = new Map();
  let shape = null;
  place.append(sheet);

  /** Placed anew only when another route is there, or leads elsewhere. */
  function arrange(routes) {
    const { places, edges, columns, rows } = layout(routes);
    const room = (place.clientWidth - EDGE) / columns - BOX.across;
    const width = Math.floor(Math.min(BOX.most, Math.max(BOX.least, room)));
    const at = ({ column, row }) => ({ x: column * (width + BOX.across) + 2, y: row * (BOX.height + BOX.down) + 2, width });
    const size = { width: columns * (width + BOX.across), height: rows * (BOX.height + BOX.down) + EDGE };
    sheet.style.width = `${size.width}px`;
    sheet.style.height = `${size.height}px`;
    lines.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    lines.replaceChildren(...edges.map((edge) => line(edge, [places.get(edge.from), ...edge.via, places.get(edge.to)].map(at))));
    views.clear();
    const inOrder = routes.map(({ id }) => ({ id, ...places.get(id) })).sort((one, other) => one.column - other.column || one.row - other.row);
    boxes.replaceChildren(...inOrder.map(({ id, ...stands }) => box(id, at(stands))));
  }

  function box(id, { x, y, width }) {
    const figures = element("span", { class: "figures" });
    const button = element("button", { type: "button" }, element("code", {}, id), figures);
    const node = element("li", {}, button);
    node.style.translate = `${x}px ${y}px`;
    button.style.width = `${width}px`;
    button.addEventListener("click", () => choose(id));
    views.set(id, { button, figures });
    return node;
  }

  return {
    show(routes, { chosen, rates }) {
      place.hidden = routes.length === 0;
      const now = JSON.stringify([place.clientWidth, routes.map(({ id, leads }) => [id, leads])]);
      if (now !== shape) arrange(routes);
      shape = now;
      for (const route of routes) {
        const { button, figures } = views.get(route.id);
        button.setAttribute("aria-expanded", String(route.id === chosen));
        button.dataset.state = route.state;
        button.classList.toggle("failing", route.failed > 0);
        button.setAttribute("aria-description", route.leads.length ? `leads to ${route.leads.join(", ")}` : "");
        button.title = `${route.from}\n${route.description ?? ""}`;
        const words = route.state === "Started" ? rates.words(route.id, route) : route.state.toLowerCase();
        if (figures.textContent !== words) figures.textContent = words;
      }
      for (const path of lines.children) {
        path.classList.toggle("flows", rates.of(path.dataset.from) > 0 && rates.of(path.dataset.to) > 0);
        path.classList.toggle("chosen", [path.dataset.from, path.dataset.to].includes(chosen));
      }
    },
  };
}

/** From the right of the first place to the left of the last, straight through those between. */
function line({ from, to, back }, places) {
  const path = document.createElementNS(SVG, "path");
  path.dataset.from = from;
  path.dataset.to = to;
  let drawn = "";
  places.slice(1).forEach((next, index) => {
    const [x1, y1] = [places[index].x + next.width, places[index].y + BOX.height / 2];
    const [x2, y2] = [next.x, next.y + BOX.height / 2];
    const bend = back ? BOX.across : (x2 - x1) / 2;
    drawn += `${drawn ? "L" : "M"}${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  });
  path.setAttribute("d", `${drawn}m-6 -4l5 4l-5 4`); // with a head, as it may lead back
  return path;
}
