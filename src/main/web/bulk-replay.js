import { lettersIn, post, say } from "./desk.js";
import { element } from "./elements.js";
import { may } from "./identity.js";
import { ask } from "./problem.js";
import { recall, remember } from "./recall.js";

const LOOK_EVERY = 500;
const MOST = 5_000;
const running = new Map(); // id to the view of it
const hasEnded = ({ state }) => state === "done" || state === "stopped";

/** A field for how many are sent back in a second: {node, value}. Throws a RangeError for what is no rate. */
export function rateField(id) {
  const input = element("input", { id, type: "number", min: "1", max: String(MOST), step: "1", inputmode: "numeric" });
  input.value = recall("rate") || "100";
  input.addEventListener("change", () => input.validity.valid && remember("rate", input.value));
  return {
    node: element("span", { class: "rate" }, element("label", { for: id }, "Replays a second"), input),
    get value() {
      if (!input.value || !input.validity.valid) {
        input.focus();
        throw new RangeError(`A rate is a whole number from 1 to ${MOST}.`);
      }
      return Number(input.value);
    },
  };
}

/** A field for growing steps: {node, value}, a list, empty for all at once. Throws a RangeError for what are no steps. */
export function stepsField(id) {
  const input = element("input", { id, inputmode: "text", placeholder: "1, 5, 25", autocomplete: "off", "aria-describedby": `${id}-hint` });
  return {
    node: element("span", { class: "rate" }, element("label", { for: id }, "In steps of"), input,
      element("span", { class: "unseen", id: `${id}-hint` }, "Empty is all at once. It goes on after each step if what it replayed did not fail again.")),
    get value() {
      const text = input.value.trim();
      if (!/^(\d{1,4}(\s*,\s*\d{1,4})*)?$/.test(text)) {
        input.focus();
        throw new RangeError("Steps are numbers with commas between, such as 1, 5, 25.");
      }
      return text ? text.split(",").map(Number) : [];
    },
  };
}

/** Starts to replay a selection, in steps if there are any, and shows in `place` how it goes on. */
export async function startReplay(selection, rate, steps, place, onChange) {
  const replay = await post("/dead-letter-replays", { ...selection, rate, ...(steps.length ? { steps } : {}) });
  say(`Replaying ${replay.state === "queueing" ? "more than " : ""}${lettersIn(replay.total)}, ${rate} a second.`);
  running.get(replay._id)?.remove(); // a refresh may have met it first, and shown it elsewhere
  showReplay(replay, place, onChange);
}

/** Shows those that run and are not shown yet, such as one that somebody else has started. */
export async function showRunning(place, onChange) {
  const replays = await ask("/dead-letter-replays").then((response) => response.json());
  for (const replay of replays) if (!hasEnded(replay)) showReplay(replay, place, onChange);
}

function showReplay(replay, place, onChange) {
  const id = replay._id;
  if (running.get(id)?.isConnected) return;
  const bar = element("progress", { max: "1", "aria-label": "Replayed so far" });
  const text = element("p", {});
  const button = element("button", { type: "button" }, "Stop");
  const notice = element("p", { class: "notice", role: "status" });
  const card = element("div", { class: "replay", role: "group", "aria-label": "Bulk replay" }, text, bar, button, notice);
  let current = replay;

  const show = (now) => {
    const ended = !hasEnded(current) && hasEnded(now);
    current = now;
    bar.max = now.total || 1;
    bar.value = now.total - now.queued;
    card.dataset.state = now.state;
    const words = wordsOf(now);
    if (text.textContent !== words) text.textContent = words;
    button.textContent = hasEnded(now) ? "Close" : "Stop";
    button.hidden = !hasEnded(now) && !may("operator");
    if (ended) say(words);
    return ended;
  };
  const look = async () => {
    if (!card.isConnected || hasEnded(current)) return;
    try {
      const now = await ask(`/dead-letter-replays/${encodeURIComponent(id)}`).then((response) => response.json());
      notice.textContent = "";
      if (show(now)) onChange();
    } catch (problem) {
      notice.textContent = problem.detail ?? problem.message;
    }
    setTimeout(look, LOOK_EVERY);
  };
  button.addEventListener("click", async () => {
    if (hasEnded(current)) {
      const summary = card.closest("details").querySelector("summary");
      card.remove();
      return summary.focus();
    }
    try {
      show(await post(`/dead-letter-replays/${encodeURIComponent(id)}/stop`, {}));
    } catch (problem) {
      notice.textContent = problem.detail ?? problem.message;
    }
    onChange();
  });

  show(replay);
  place.append(card);
  running.set(id, card);
  setTimeout(look, LOOK_EVERY);
}

function wordsOf({ state, total = 0, queued = 0, replayed = 0, failed, rate, by, detail, steps, stepsDone }) {
  if (state === "queueing") return `Queueing: ${lettersIn(total)} so far.`;
  const counts = `${replayed} of ${total} replayed${failed ? `, ${failed} failed` : ""}`;
  if (state === "running") {
    const left = Math.ceil(queued / rate);
    const step = steps ? ` Step ${Math.min(stepsDone, steps.length) + 1} of ${steps.length + 1}.` : "";
    return `${counts}.${step} ${rate} a second${by && by !== "unknown" ? `, by ${by}` : ""}; about ${left} s left.`;
  }
  return state === "done" ? `Done: ${counts}.` : `${capital(detail || "stopped")}. ${counts}.`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, "");
