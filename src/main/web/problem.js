/** A failed answer, as application/problem+json says it: {status, detail, errors: [{field, detail}], retryAfter (s)}. */
export async function problemOf(response) {
  const body = (await response.json().catch(() => null)) ?? {};
  return {
    status: response.status,
    detail: body.detail || body.title || `The server answered ${response.status} ${response.statusText}`.trim(),
    errors: Array.isArray(body.errors) ? body.errors : [],
    retryAfter: Number.parseInt(response.headers.get("Retry-After"), 10) || 0,
  };
}

/** What to say when there was no answer at all. */
export function unreachable(error, what) {
  return { status: 0, detail: `${what} does not answer (${error.message}).`, errors: [], retryAfter: 0 };
}

/** Fetches from this page's own server. Throws a problem when the answer is not a success. */
export async function ask(path, options) {
  const response = await fetch(path, { signal: AbortSignal.timeout(15_000), ...options }).catch((error) => {
    throw unreachable(error, "Client B");
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}
