import { authorization, renew, tokenShown } from "./identity.js";

/** A failed answer, as application/problem+json says it: {status, detail, errors: [{field, detail}], retryAfter (s)}. */
async function problemOf(response) {
  const body = (await response.json().catch(() => null)) ?? {};
  return {
    status: response.status,
    detail: body.detail || body.title || `The server answered ${response.status} ${response.statusText}`.trim(),
    errors: Array.isArray(body.errors) ? body.errors : [],
    retryAfter: Number.parseInt(response.headers.get("Retry-After"), 10) || 0,
    asksForToken: response.status === 401 && /^bearer\b/i.test(response.headers.get("WWW-Authenticate") ?? ""),
  };
}

/** What to say when there was no answer at all. */
function unreachable(error, what) {
  return { status: 0, detail: `${what} does not answer (${error.message}).`, errors: [], retryAfter: 0 };
}

/** Asks once, and shows what token there is. Throws a problem when the answer is not a success. */
export async function askOnce(url, { headers, ...options } = {}, { what = "Client B", token } = {}) {
  const signal = AbortSignal.timeout(15_000);
  const shown = { ...headers, ...authorization(token) };
  const response = await fetch(url, { signal, ...options, headers: shown }).catch((error) => {
    throw unreachable(error, what);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The same, and when a token is asked for it waits until somebody has shown a new one, and asks again. */
export async function ask(url, options, what) {
  const token = tokenShown();
  try {
    return await askOnce(url, options, { what, token });
  } catch (problem) {
    if (!problem.asksForToken || token === null) throw problem;
    await renew(token, problem.detail);
    return askOnce(url, options, { what });
  }
}
