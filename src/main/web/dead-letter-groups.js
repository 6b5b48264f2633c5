import { rateField, startReplay, stepsField } from "./bulk-replay.js";
import { deadLetterRow } from "./dead-letter-row.js";
import { actOnAll, lettersIn, say } from "./desk.js";
import { element, moment } from "./elements.js";
import { may } from "./identity.js";
import { KeyedList } from "./keyed-list.js";
import { labelsOf, marksOf } from "./marks.js";
import { readPage } from "./pages.js";

const PAGE = 25;
const MOST = 1_000;

/** Letters that failed in the same way. `desk` has filter(), the query of what is shown, and refresh(). */
export function deadLetterGroup(group, desk) {
  const key = group.group;
  const button = (text) => element("button", { type: "button" }, text);
  const message = element("span", { class: "reason" });
  const kind = element("span", { class: "exception" });
  const counts = element("span", { class: "counts" });
  const seen = element("span", { class: "seen" });
  const labels = element("span", {});
  const marks = marksOf(`/dead-letter-groups/${encodeURIComponent(key)}`, async (work) => {
    await attempt(work);
    await refresh();
  });
  const all = element("input", { type: "checkbox", id: `all-${key}` });
  const replayGroup = button("Replay group");
  const replaySelected = button("Replay selected");
  const discardSelected = button("Discard selected");
  const rate = rateField(`rate-${key}`);
  const steps = stepsField(`steps-${key}`);
  const notice = element("p", { class: "notice", role: "status" });
  const progress = element("div", {});
  const list = element("ol", { class: "rows" });
  const older = button("Load older");
  const actions = element("div", { class: "actions" }, replayGroup, replaySelected, discardSelected, rate.node, steps.node);
  const selection = element("div", { class: "all" }, all, element("label", { for: all.id }, "Select all that are listed"));
  const acts = may("operator");
  const details = element("details", {},
    element("summary", {}, message, kind, counts, seen, labels),
    ...(acts ? [actions] : []), marks.node, notice, progress, ...(acts ? [selection] : []), list, older);
  let asked = PAGE;
  let turn = 0;

  const refresh = () => desk.refresh();
  const rows = new KeyedList(list, ({ _id }) => _id, (letter) =>
    deadLetterRow(letter, { onChange: refresh, onSelect: showSelection }));
  const selected = () => rows.views.filter((row) => row.selected).map(({ id }) => id);

  function showSelection() {
    const count = selected().length;
    for (const [node, text] of [[replaySelected, "Replay selected"], [discardSelected, "Discard selected"]]) {
      node.textContent = count ? `${text} (${count})` : text;
      node.ariaDisabled = String(count === 0);
    }
    all.checked = count > 0 && count === rows.size;
    all.indeterminate = count > 0 && count < rows.size;
  }

  function unselect() {
    for (const row of rows.views) row.selected = false;
    showSelection();
  }

  async function load() {
    const query = new URLSearchParams({ ...desk.filter(), group: key, limit: Math.min(MOST, asked) });
    const mine = (turn += 1);
    const { items, next } = await readPage(`/dead-letters?${query}`);
    if (mine !== turn) return;
    rows.show(items);
    older.hidden = !next || asked >= MOST;
    showSelection();
  }

  /** What goes wrong is said here, at the group. */
  async function attempt(work) {
    notice.textContent = "";
    try {
      await work();
    } catch (problem) {
      notice.textContent = problem.detail ?? problem.message;
    }
  }

  async function undo(ids) {
    const { done, problems } = await actOnAll(ids, "undo");
    say(`${lettersIn(done.length)} back where ${done.length === 1 ? "it was" : "they were"}.`);
    if (problems.length) notice.textContent = `${problems[0].id}: ${problems[0].detail}`;
    await refresh();
  }

  async function discard(ids) {
    const { done, problems } = await actOnAll(ids, "discard");
    if (done.length) say(`Discarded ${lettersIn(done.length)}.`, () => undo(done));
    unselect();
    await refresh();
    if (problems.length) throw new Error(`${lettersIn(problems.length)} not discarded. ${problems[0].id}: ${problems[0].detail}`);
  }

  async function replay(selection) {
    await startReplay(selection, rate.value, steps.value, progress, refresh);
    unselect();
    await refresh();
  }

  replayGroup.addEventListener("click", () =>
    replayGroup.ariaDisabled !== "true" && attempt(() => replay({ ...desk.filter(), state: undefined, held: undefined, group: key })));
  replaySelected.addEventListener("click", () => selected().length && attempt(() => replay({ ids: selected() })));
  discardSelected.addEventListener("click", () => selected().length && attempt(() => discard(selected())));
  all.addEventListener("change", () => {
    for (const row of rows.views) row.selected = all.checked;
    showSelection();
  });
  older.addEventListener("click", () => attempt(async () => {
    const { size } = rows;
    asked = size + PAGE;
    await load();
    if (older.hidden) list.children[size]?.querySelector("summary").focus();
  }));
  details.addEventListener("toggle", () => details.open && refresh());

  const update = (group) => {
    const open = group.states?.failed ?? 0;
    message.textContent = group.message || group.exception || "No reason given";
    kind.textContent = [group.reason, group.step ?? group.route].filter(Boolean).join(" at ");
    counts.replaceChildren(element("b", {}, String(open)), ` open of ${group.count}`);
    seen.replaceChildren(moment(group.firstSeen), ...(group.count > 1 ? [" to ", moment(group.lastSeen)] : []));
    labels.replaceChildren(...labelsOf(group));
    marks.update(group);
    details.classList.toggle("settled", open === 0);
    replayGroup.ariaDisabled = String(open === 0);
  };
  update(group);
  showSelection();
  return { node: element("li", { "data-group": key }, details), update, refresh: () => (details.open ? load() : undefined) };
}
