export const byId = (id) => document.getElementById(id);

/** Makes an element. A child that is a string becomes text, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const LONG = 400;

/** The attributes with which a long text can be reached, and scrolled, by keyboard. */
export function scrollable(label, text) {
  return text.length > LONG ? { tabindex: "0", role: "group", "aria-label": label } : {};
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const shortClock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const calendar = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** A moment in the reader's own time; the title has it in full, as the server wrote it. In brief: the time, or the day. */
export function moment(timestamp, brief = false) {
  const date = new Date(timestamp);
  if (timestamp == null || Number.isNaN(date.getTime())) return element("time", {}, String(timestamp ?? ""));
  const today = date.toDateString() === new Date().toDateString();
  const day = calendar.format(date);
  const text = brief ? (today ? shortClock.format(date) : day) : (today ? "" : `${day}, `) + clock.format(date);
  const written = typeof timestamp === "string" ? timestamp : date.toISOString();
  return element("time", { datetime: written, title: written }, text);
}
