import { confirmThat } from "./confirm.js";
import { element, moment } from "./elements.js";
import { may } from "./identity.js";
import { pathOf, postToService } from "./route-service.js";
import { unified } from "./unified.js";

const WORDS = { live: "live", refused: "refused", "taken-back": "taken back", deleted: "deleted" };

export const resultOf = (result) => WORDS[result] ?? "live";

/** Whether the file is otherwise on the disk than what runs. */
export const isOther = (result) => result === "refused" || result === "taken-back";

/** A version of a route file: what came of it, what is other than in the one before, and the way back to it. */
export function routeVersion(version, { file, say, refreshAll }) {
  const number = version.version;
  const label = element("span", { class: "badge" });
  const runs = element("b", {});
  const why = element("pre", { class: "why" });
  const error = element("p", { class: "error", role: "alert" });
  const back = element("button", { type: "button", "aria-label": `Roll back to version ${number}` }, "Roll back to it…");
  const node = element("li", {},
    element("div", { class: "bar" }, element("span", {}, element("b", {}, `Version ${number}`), " "), runs, label, moment(version.time),
      ...(may("operator") ? [back] : [])),
    why, error, ...changes(version));

  back.addEventListener("click", async () => {
    const meant = await confirmThat({
      heading: `Back to version ${number}?`,
      text: `${file} is written as it was then, and goes live as if somebody had saved it. What runs now stays among the versions.`,
      action: "Roll back",
    });
    if (!meant) return;
    error.textContent = "";
    try {
      await postToService(pathOf(file, "rollback"), { version: number });
      say(`The file is written as in version ${number}. It is live in a moment, or the newest version says why not.`);
      await refreshAll();
    } catch (problem) {
      error.textContent = problem.detail ?? problem.message;
    }
  });

  const update = ({ result, running, undone, why: reason }) => {
    label.textContent = resultOf(result);
    label.dataset.result = result;
    runs.textContent = running === number ? "runs now" : "";
    why.textContent = reason ?? "";
    why.hidden = !reason;
    back.hidden = (running === number && !undone) || result === "refused" || result === "deleted";
  };
  update(version);
  return { node, update };
}

function changes({ difference, version }) {
  if (difference === undefined) return version === 1 ? [element("p", { class: "quiet" }, "The first that was kept.")] : [];
  const details = element("details", {}, element("summary", {}, "What is other"));
  details.addEventListener("toggle", () => details.append(unified(difference)), { once: true });
  return [details];
}
