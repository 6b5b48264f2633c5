import { confirmThat } from "./confirm.js";
import { byId } from "./elements.js";
import { erasure } from "./erasure.js";
import { isSignedIn, onEnter } from "./identity.js";
import { KeyedList } from "./keyed-list.js";
import { polling } from "./polling.js";
import { ask } from "./problem.js";
import { addView } from "./views.js";

/* What an operator does about somebody: takes out what was written, or locks out. */

const OFTEN = 1_500;
const SELDOM = 15_000;
const erasures = new KeyedList(byId("erasures"), ({ id }) => id, erasure);
const poll = polling(refresh);

export function showPeople() {
  addView("people", "operator", { open: poll.start, close: poll.stop });
  // Without tokens there is nothing to revoke.
  onEnter(() => (byId("revoke-section").hidden = !isSignedIn()));
  byId("erase").addEventListener("submit", (event) => submit(event, byId("erase-person"), byId("erase-error"), erase));
  byId("revoke").addEventListener("submit", (event) => submit(event, byId("revoke-whose"), byId("revoke-error"), revoke));
  byId("revoke-what").addEventListener("change", ({ target }) => {
    byId("revoke-label").textContent = target.value === "person" ? "Person" : "Its jti";
  });
}

async function submit(event, field, error, work) {
  event.preventDefault();
  const form = event.target;
  const given = field.value.trim();
  if (form.ariaBusy === "true") return;
  error.textContent = given ? "" : "Whose? Write it here.";
  field.ariaInvalid = String(!given);
  if (!given) return field.focus();
  form.ariaBusy = "true";
  try {
    if (await work(given)) field.value = "";
  } catch (problem) {
    error.textContent = [problem.detail ?? problem.message, ...(problem.errors ?? []).map(({ detail }) => detail)].join(" ");
  } finally {
    form.ariaBusy = "false";
  }
}

async function erase(person) {
  const meant = await confirmThat({
    heading: "Erase this person?",
    text: `All messages from and to ${person} that are there by now are taken out, at every instance. Nobody can take that back.`,
    action: "Erase",
    word: person,
  });
  if (!meant) return false;
  await ask(`/people/${encodeURIComponent(person)}/messages`, { method: "DELETE" });
  await poll.now();
  byId("erasures").querySelector("summary")?.focus();
  return true;
}

async function revoke(whose) {
  const what = byId("revoke-what").value;
  const named = what === "person" ? `all tokens that ${whose} has by now` : `the token ${whose}`;
  byId("revoked").textContent = "";
  const meant = await confirmThat({
    heading: "Revoke?",
    text: `From now on ${named} ${what === "person" ? "are" : "is"} good no more. That cannot be taken back; a new token is good.`,
    action: "Revoke",
  });
  if (!meant) return false;
  await ask("/token-revocations", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ [what]: whose }),
  });
  byId("revoked").textContent = `Revoked: ${named}. Every instance knows it within two seconds.`;
  return true;
}

async function refresh(isMine) {
  try {
    const last = await ask("/erasures").then((response) => response.json());
    if (!isMine()) return OFTEN;
    erasures.show(last);
    byId("erasures-notice").textContent = "";
    await Promise.all(erasures.views.map((each) => each.refresh()));
    return last.some(({ state }) => state !== "done") ? OFTEN : SELDOM;
  } catch (problem) {
    if (isMine()) byId("erasures-notice").textContent = problem.detail ?? problem.message;
    return SELDOM;
  }
}
