import { ask } from "./problem.js";

/** One page of a list: its items, and the address of the next one from `Link: <…>; rel="next"`, null at the end. */
export async function readPage(url) {
  const response = await ask(url);
  const next = /<([^>]*)>\s*;[^,]*rel="?next"?/.exec(response.headers.get("Link"))?.[1];
  return { items: await response.json(), next: next ? new URL(next, response.url).href : null };
}
