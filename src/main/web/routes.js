import { byId, element } from "./elements.js";
import { flow } from "./flow.js";
import { KeyedList } from "./keyed-list.js";
import { polling } from "./polling.js";
import { routeFile } from "./route-file.js";
import { askService, choose, chosenService, knowClientA } from "./route-service.js";
import { isOther } from "./route-version.js";
import { addView } from "./views.js";

/* The routes of a service: what flows through them now, and the files they are from. */

const REFRESH_EVERY = 2_000;
const files = new KeyedList(byId("files"), ({ key }) => key, (file) => routeFile(file, () => poll.now()));
const drawing = flow({ map: byId("flow-map"), alone: byId("flow-alone"), route: byId("flow-route"), sum: byId("flow-sum") });
const poll = polling(refresh);

/** @param clientA where it is */
export function showRoutes(clientA) {
  knowClientA(clientA);
  byId("routes-of").addEventListener("change", ({ target }) => {
    choose(target.value);
    drawing.clear();
    files.show([]);
    poll.now();
  });
  byId("alone-heading").hidden = true;
  addView("routes", "viewer", { open: poll.start, close: poll.stop });
}

async function refresh(isMine) {
  await Promise.all([
    attempt("flow-notice", isMine, async () => {
      const lookedAt = drawing.chosen === null ? "" : `?${new URLSearchParams({ route: drawing.chosen })}`;
      const drawn = await askService(`/route-diagram${lookedAt}`);
      if (isMine()) drawing.show(drawn);
    }),
    attempt("files-notice", isMine, async () => {
      const found = await askService("/routes");
      if (isMine()) await showFiles(found);
    }),
  ]);
  return REFRESH_EVERY;
}

async function attempt(notice, isMine, work) {
  let text = "";
  try {
    await work();
  } catch (problem) {
    text = problem.detail ?? problem.message;
  }
  if (isMine() && byId(notice).textContent !== text) byId(notice).textContent = text;
}

/** Those that are not as somebody has saved them first. */
async function showFiles(found) {
  const service = chosenService();
  const rank = ({ result }) => (isOther(result) ? 0 : result === "deleted" ? 2 : 1);
  const sorted = found.map((file) => ({ ...file, key: `${service}/${file.shared}/${file.file}` }))
    .sort((one, other) => rank(one) - rank(other) || one.shared - other.shared || one.file.localeCompare(other.file));
  files.show(sorted);
  const other = found.filter((file) => rank(file) === 0).length;
  byId("files-sum").replaceChildren(other ? element("b", { class: "bad" }, `${other} not as saved`) : `${found.length} files, all as saved`);
  await Promise.all(files.views.map((file) => file.refresh()));
}
