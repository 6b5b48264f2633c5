/** What this browser remembers from one visit to the next. Storage may be forbidden; then nothing is remembered. */
export function recall(name) {
  try {
    return localStorage.getItem(`courier.${name}`);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`courier.${name}`, value);
  } catch {
    // nothing to do
  }
}
