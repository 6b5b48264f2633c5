import { byId } from "./elements.js";
import { enter, isSignedIn, signInBy, whoIs } from "./identity.js";
import { askOnce } from "./problem.js";
import { forgetHere, recallHere, rememberHere } from "./recall.js";

/* Where somebody shows a token: at first if the server asks for one, and over the page when it is no longer good. */

const KEPT = "token";
const NO_TOKEN = "That is no token: it is three long words with dots between.";
const NOT_TOLD = "This server does not tell whose a token is: it lacks the route /me (routes/client-b/me.camel.yaml).";

const dialog = byId("sign-in");
const form = byId("sign-in-form");
const field = byId("token");
const cancel = byId("sign-in-cancel");
let isRequired = true;
let waiting = [];

/** Resolves when it is known who sits here. Throws a problem when nobody can tell. */
export async function signIn() {
  try {
    enter(null, await personOf(null));
  } catch (problem) {
    if (problem.status === 404) return; // an older server, which asks nobody
    if (!problem.asksForToken) throw problem;
    await signInByToken();
  }
}

async function signInByToken() {
  signInBy(askForToken);
  const kept = recallHere(KEPT);
  if (!kept) return askForToken();
  byId("keep").checked = true;
  try {
    enter(kept, await personOf(kept));
  } catch (problem) {
    if (!problem.asksForToken) throw problem;
    rememberHere(KEPT, null);
    await askForToken(problem.detail);
  }
}

const personOf = (token) => askOnce("/me", { cache: "no-store" }, { token }).then((response) => response.json());

/** Resolves when somebody has shown a token that is good, or if there is one yet, does not want to. */
export function askForToken(why = "", required = true) {
  isRequired = required;
  byId("sign-in-why").textContent = why;
  byId("sign-in-heading").textContent = isSignedIn() ? `A new token for ${whoIs().name}` : "Sign in to Courier";
  cancel.textContent = required ? "Sign out" : "Cancel";
  cancel.hidden = !isSignedIn();
  if (!dialog.open) {
    say("");
    dialog.showModal();
    field.focus();
  }
  return new Promise((resolve) => waiting.push(resolve));
}

/** Nothing of who was here is left. */
export function signOut() {
  forgetHere();
  for (const each of document.forms) each.reset();
  location.replace(location.pathname);
}

function close() {
  isRequired = false;
  form.reset();
  dialog.close();
  for (const resolve of waiting.splice(0)) resolve();
}

async function show() {
  const token = field.value.trim().replace(/^(authorization:\s*)?bearer\s+/i, "");
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return say(NO_TOKEN);
  form.ariaBusy = "true";
  say("");
  try {
    take(token, await personOf(token));
  } catch (problem) {
    say(problem.status === 404 ? NOT_TOLD : (problem.detail ?? problem.message));
  } finally {
    form.ariaBusy = "false";
  }
}

function take(token, person) {
  if (isSignedIn() && person.name !== whoIs().name) {
    return say(`This token is ${person.name}'s, and the page has what is ${whoIs().name}'s. Sign out first.`);
  }
  rememberHere(KEPT, byId("keep").checked ? token : null);
  enter(token, person);
  close();
}

function say(error) {
  byId("token-error").textContent = error;
  field.ariaInvalid = String(error !== "");
  if (error) field.select();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.ariaBusy !== "true") show();
});
cancel.addEventListener("click", () => (isRequired ? signOut() : close()));
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (!isRequired) close();
});
// A browser closes it all the same when somebody presses Escape twice.
dialog.addEventListener("close", () => isRequired && dialog.showModal());
