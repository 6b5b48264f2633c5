/* What is remembered by this browser, and by this tab alone. Storage may be forbidden; then nothing is remembered. */

export const recall = (name) => read("localStorage", name);
export const remember = (name, value) => write("localStorage", name, value);
export const recallHere = (name) => read("sessionStorage", name);
export const rememberHere = (name, value) => write("sessionStorage", name, value);

/** Forgets all that this tab alone remembers. */
export function forgetHere() {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith("courier.")) sessionStorage.removeItem(name);
  } catch {
    // nothing is remembered
  }
}

function read(storage, name) {
  try {
    return window[storage].getItem(`courier.${name}`);
  } catch {
    return null;
  }
}

function write(storage, name, value) {
  try {
    if (value === null) window[storage].removeItem(`courier.${name}`);
    else window[storage].setItem(`courier.${name}`, value);
  } catch {
    // nothing to do
  }
}
