/*
 * Bytes as the server writes them: a string when they are UTF-8, {base64} when not, null when there are none.
 */
const PER_ROW = 8;

export const isText = (bytes) => typeof bytes === "string";

export function toArray(bytes) {
  if (bytes == null) return new Uint8Array();
  if (isText(bytes)) return new TextEncoder().encode(bytes);
  return Uint8Array.from(atob(bytes.base64), (character) => character.charCodeAt(0));
}

/** To be read by people: what has no shape of its own gets one. */
export function toText(bytes) {
  const text = isText(bytes) ? bytes : new TextDecoder("utf-8", { ignoreBOM: true }).decode(toArray(bytes));
  return text.replace(/[\0-\x08\x0b-\x1f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)));
}

/** Rows of an offset, bytes and the ASCII among them. */
export function toDump(array) {
  return rows(array).map((row, index) => {
    const offset = (index * PER_ROW).toString(16).padStart(4, "0");
    const ascii = Array.from(row, (byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");
    return `${offset}  ${hex(row).padEnd(PER_ROW * 3)} ${ascii}`;
  }).join("\n");
}

/** Rows of bytes, to be edited. */
export function toHex(bytes) {
  return rows(toArray(bytes)).map(hex).join("\n");
}

/** What was edited. Throws a RangeError when it is not hexadecimal. */
export function fromHex(text) {
  const digits = text.replace(/\s+/g, "");
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong) throw new RangeError(`“${wrong[0]}” is no hexadecimal digit.`);
  if (digits.length % 2) throw new RangeError("The last byte has only one digit.");
  const array = Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(array);
  } catch {
    return { base64: btoa(Array.from(array, (byte) => String.fromCharCode(byte)).join("")) };
  }
}

function rows(array) {
  return Array.from({ length: Math.ceil(array.length / PER_ROW) }, (_, row) =>
    array.subarray(row * PER_ROW, (row + 1) * PER_ROW));
}

function hex(row) {
  return Array.from(row, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
