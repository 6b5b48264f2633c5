import { element, moment } from "./elements.js";
import { may } from "./identity.js";
import { KeyedList } from "./keyed-list.js";
import { askService, pathOf } from "./route-service.js";
import { tryRoute } from "./route-shadow.js";
import { isOther, resultOf, routeVersion } from "./route-version.js";

/** A route file: a view that opens to its last versions, and a try of another text. */
export function routeFile(file, refreshAll) {
  const name = file.file;
  const state = element("span", { class: "badge" });
  const routes = element("span", { class: "exception" });
  const time = element("span", { class: "seen" });
  const why = element("pre", { class: "why" });
  const said = element("p", { class: "done", role: "status", tabindex: "-1" });
  const notice = element("p", { class: "notice", role: "status" });
  const list = element("ol", { class: "versions", "aria-label": `Versions of ${name}` });
  const none = element("p", { class: "quiet" }, "No version was kept yet: it is as it was at the first start.");
  const attempt = element("button", { type: "button" }, "Try another text…");
  const place = element("div", {});
  const body = element("div", { class: "letter" }, why, notice, said, element("h3", {}, "Last versions"), none, list,
    ...(may("operator") ? [element("div", { class: "actions" }, attempt), place] : []));
  const details = element("details", {}, element("summary", {},
    element("span", { class: "who" }, element("code", {}, name)), state, routes, time), body);
  const versions = new KeyedList(list, ({ version }) => version, (version) =>
    routeVersion(version, { file: name, runs: () => running, say, refreshAll }));
  let running;

  function say(text) {
    said.textContent = text;
    said.focus({ preventScroll: true }); // what was pressed is gone in a moment
  }

  async function refresh() {
    if (!details.open) return;
    try {
      const all = await askService(pathOf(name));
      running = all.running;
      none.hidden = all.versions.length > 0;
      const undone = isOther(all.versions[0]?.result);
      versions.show(all.versions.map((version) => ({ ...version, running, undone })));
      notice.textContent = "";
    } catch (problem) {
      notice.textContent = problem.detail ?? problem.message;
    }
  }

  attempt.addEventListener("click", () => {
    attempt.hidden = true;
    place.append(tryRoute(name, () => {
      place.replaceChildren();
      attempt.hidden = false;
      attempt.focus();
    }));
  });
  details.addEventListener("toggle", refresh);

  const update = ({ result, running, routes: ids, shared, time: at, why: reason }) => {
    state.textContent = isOther(result) && running ? `${resultOf(result)}, version ${running} runs` : resultOf(result);
    state.dataset.result = result ?? "live";
    routes.textContent = [shared ? "of all services" : "", ids.join(", ")].filter(Boolean).join(" · ");
    time.replaceChildren(...(at ? [moment(at)] : []));
    why.textContent = isOther(result) ? (reason ?? "") : "";
    why.hidden = !why.textContent;
  };
  const node = element("li", { "data-file": name }, details);
  update(file);
  return { node, update, refresh };
}
