import { say } from "./desk.js";
import { byId, element } from "./elements.js";
import { isSignedIn, may } from "./identity.js";
import { ask } from "./problem.js";

/* Dead letters as a file, out and in again. */

const bar = byId("dead-transfer");
const save = byId("dead-export");
const open = byId("dead-import");
const file = byId("dead-file");
const LONG = 3_600_000;

/** `filter()` is the query of what is shown, `onChange` is called when some came in. */
export function watchTransfer(filter, onChange) {
  save.addEventListener("click", () => told(async () => {
    const path = `/dead-letters/export?${new URLSearchParams(filter())}`;
    // No link shows a token; without one the browser writes it as it comes.
    const href = isSignedIn() ? URL.createObjectURL(await (await ask(path, { signal: AbortSignal.timeout(LONG) })).blob()) : path;
    element("a", { href, download: "dead-letters.ndjson" }).click();
    if (isSignedIn()) setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }));
  open.addEventListener("click", () => file.click());
  file.addEventListener("change", () => told(async () => {
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    say(`Importing ${chosen.name}…`);
    const response = await ask("/dead-letters/import", {
      method: "POST",
      headers: { "Content-Type": "application/x-ndjson" },
      body: chosen,
      signal: AbortSignal.timeout(LONG),
    });
    const { imported, already, erased } = await response.json();
    say(`${imported} imported, ${already} were there already${erased ? `, ${erased} of somebody who was erased` : ""}.`);
  }).finally(onChange));
}

async function told(work) {
  try {
    await work();
  } catch (problem) {
    const first = problem.errors?.[0];
    say(`${problem.detail ?? problem.message}${first ? ` The first: ${first.field} ${first.detail}.` : ""}`);
  }
}

export function offerTransfer() {
  bar.hidden = !may("operator");
}
