/* What is remembered by this browser, and by this tab alone. Storage may be forbidden; then nothing is remembered. */

export const recall = (name) => read("localStorage", name);
export const remember = (name, value) => write("localStorage", name, value);
export const recallHere = (name) => read("sessionStorage", name);
export const rememberHere = (name, value) => write("sessionStorage", name, value);

function read(storage, name) {
  try {
    return window[storage].getItem(`courier.${name}`);
  } catch {
    return null;
  }
}

function write(storage, name, value) {
  try {
    window[storage].setItem(`courier.${name}`, value);
  } catch {
    // nothing to do
  }
}
