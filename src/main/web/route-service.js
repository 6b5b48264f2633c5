import { isSignedIn } from "./identity.js";
import { ask } from "./problem.js";
import { recall } from "./recall.js";

/* The service whose routes are shown: the one this page is from, or client A. */

const services = {
  "client-b": { name: "Client B", origin: location.origin },
  "client-a": { name: "Client A", origin: null },
};
let chosen = "client-b";

/** @param origin where client A is */
export function knowClientA(origin) {
  services["client-a"].origin = origin;
}

export function choose(service) {
  chosen = service;
}

/** Whether it is another one by now than the answer is from. */
export const chosenService = () => chosen;

export async function askService(path, options) {
  const { name, origin } = services[chosen];
  const response = await ask(new URL(path, origin).href, options, name);
  return response.json();
}

/** In the name of who sits at the desk, where the server asks nobody. */
export function postToService(path, body, options = {}) {
  const by = isSignedIn() ? null : recall("by");
  const text = typeof body === "string" ? body : JSON.stringify(by ? { by, ...body } : body);
  return askService(path, {
    method: "POST",
    headers: { "Content-Type": typeof body === "string" ? "application/yaml" : "application/json" },
    body: text,
    ...options,
  });
}

export const pathOf = (file, what = "") => `/routes/${encodeURIComponent(file)}${what && `/${what}`}`;
