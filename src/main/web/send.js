import { byId, element } from "./elements.js";
import { ask } from "./problem.js";

const FIELDS = ["from", "to", "message"];
const form = byId("send");
const input = (field) => form.elements.namedItem(field);

let attempt = {}; // what was sent last without success, and its key

/** Makes the form send to client A at `url`; `onSent` gets each message that client A has taken. */
export function sendTo(url, onSent) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.ariaBusy !== "true" && isComplete()) send(url, onSent);
  });
  input("message").addEventListener("keydown", sendOnEnter);
}

function sendOnEnter(event) {
  if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
  event.preventDefault();
  if (event.ctrlKey || event.metaKey) {
    const { selectionStart, selectionEnd } = event.target;
    event.target.setRangeText("\n", selectionStart, selectionEnd, "end");
  } else {
    form.requestSubmit();
  }
}

/** Says beside each field what it lacks, and goes to the first. */
function isComplete() {
  return showErrors(FIELDS.map((field) => ({ field, detail: input(field).validationMessage })));
}

async function send(url, onSent) {
  const message = Object.fromEntries(FIELDS.map((field) => [field, input(field).value]));
  const body = JSON.stringify(message);
  // The same text again is the same message: client A stores it once, even if only its answer was lost.
  if (attempt.body !== body) attempt = { body, key: uuid() };
  form.ariaBusy = "true";
  say("");
  try {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": attempt.key };
    const response = await ask(url, { method: "POST", headers, body }, "Client A");
    const { id } = await response.json();
    sent(message, id);
    onSent({ ...message, _id: id, createdAt: new Date().toISOString() });
  } catch (problem) {
    notSent(problem);
  } finally {
    form.ariaBusy = "false";
  }
}

function sent(message, id) {
  attempt = {};
  if (input("message").value === message.message) input("message").value = "";
  say("sent", "Sent ", element("code", {}, id));
}

function notSent({ status, detail, errors, retryAfter, message }) {
  const fields = (errors ?? []).map((error) => ({ ...error, field: String(error.field).replace(/^[/$.]+/, "") }));
  const shown = !showErrors(fields);
  if (shown && fields.every(({ field }) => FIELDS.includes(field))) return;
  const passing = status === 0 || status === 429 || status >= 500;
  const when = retryAfter ? `in ${retryAfter} s` : "in a moment";
  say("failed", `Not sent. ${detail ?? message}`, passing ? ` Your text is kept; send it again ${when}.` : "");
}

/** Shows errors beside their fields. Returns true when there were none to show. */
function showErrors(errors) {
  const known = errors.filter(({ field, detail }) => detail && FIELDS.includes(field));
  for (const field of FIELDS) {
    const details = known.filter((error) => error.field === field).map(({ detail }) => detail);
    byId(`${field}-error`).textContent = details.join(" ");
    input(field).ariaInvalid = String(details.length > 0);
  }
  if (known.length) input(FIELDS.find((field) => input(field).ariaInvalid === "true")).focus();
  return known.length === 0;
}

function say(kind, ...children) {
  byId("sent").className = kind;
  byId("sent").replaceChildren(...children);
}

/** A random UUID; crypto.randomUUID exists only on HTTPS and localhost. */
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
