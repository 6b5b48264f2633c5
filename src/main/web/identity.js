/* Who sits here, as the server says it, and the token that is shown to it: in memory, and never in an address. */

const ROLES = ["client", "viewer", "operator"];
const listeners = [];

/** Where nobody is asked who they are, everybody may do all, in whatever name. */
let me = { name: null, role: "operator", expires: null };
let token = null;
let signIn;
let asking = null;

export const whoIs = () => me;
export const isSignedIn = () => token !== null;
export const tokenShown = () => token;
export const authorization = (shown = token) => (shown === null ? {} : { Authorization: `Bearer ${shown}` });

/** Whether it is worth offering: the server has the last word. */
export const may = (role) => ROLES.indexOf(me.role) >= ROLES.indexOf(role);

/** Somebody sits here from now on, or has a new token. */
export function enter(shown, person) {
  token = shown;
  me = person;
  for (const listener of listeners) listener();
}

/** Calls `listener` now, and whenever somebody shows a token. */
export function onEnter(listener) {
  listeners.push(listener);
  listener();
}

/** `ask(why)` is how to get a token: it resolves when somebody has shown one. */
export function signInBy(ask) {
  signIn = ask;
}

/** Resolves when there is another token than the one that was refused. All who wait ask once. */
export async function renew(refused, why) {
  if (token !== refused) return;
  asking ??= signIn(why).finally(() => (asking = null));
  await asking;
}
