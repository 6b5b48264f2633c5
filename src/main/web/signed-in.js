import { byId, moment } from "./elements.js";
import { isSignedIn, onEnter, whoIs } from "./identity.js";
import { askForToken, signOut } from "./sign-in.js";

/* Who is signed in, in the head of the page, and a while before the token is over, that it will be. */

const BEFORE = 120_000; // ms, or a fifth of what it is good for if that is less
const LOOK_EVERY = 1_000;
let warnAt = Infinity;

export function showWhoIsSignedIn() {
  byId("sign-out").addEventListener("click", signOut);
  byId("renew").addEventListener("click", () => askForToken("", false));
  onEnter(show);
  setInterval(warn, LOOK_EVERY);
}

function show() {
  const { name, role, expires } = whoIs();
  byId("me").hidden = !isSignedIn();
  byId("me-name").textContent = name ?? "";
  byId("me-role").textContent = role === "client" ? "" : role;
  byId("expiry").replaceChildren();
  byId("renew").hidden = true;
  const left = Date.parse(expires) - Date.now();
  // A clock by which a token is over that the server has just taken tells nothing.
  warnAt = left > 0 ? Date.now() + left - Math.min(BEFORE, left / 5) : Infinity;
}

/** By the clock, since a timer stands still while a computer sleeps. */
function warn() {
  if (Date.now() < warnAt) return;
  warnAt = Infinity;
  byId("expiry").replaceChildren("Your token is good until ", moment(whoIs().expires), ".");
  byId("renew").hidden = false;
}
