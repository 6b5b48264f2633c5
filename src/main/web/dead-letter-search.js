import { deadLetterRow } from "./dead-letter-row.js";
import { byId } from "./elements.js";
import { may } from "./identity.js";
import { KeyedList } from "./keyed-list.js";
import { readPage } from "./pages.js";

const PAGE = 25;
const form = byId("dead-search");
const more = byId("dead-search-more");
const said = byId("dead-search-status");
const found = byId("dead-found");
const field = form.elements.q;
let letters = [];
let next = null;
let turn = 0;

/** Looks for a text in the letters that the filter selects, and lists them apart. `filter()` is the query, `onChange` is called when one was changed. */
export function watchSearch(filter, onChange) {
  const list = new KeyedList(found, ({ _id }) => _id, (letter) =>
    deadLetterRow(letter, { onChange: () => look(first()).then(onChange), onSelect() {}, box: false }));

  const first = () => `/dead-letters?${new URLSearchParams({ ...filter(), q: field.value.trim(), limit: PAGE })}`;
  const clear = () => {
    turn += 1;
    letters = [];
    list.show([]);
    more.hidden = true;
    said.textContent = "";
  };

  /** An address that goes on adds to what was found. */
  const look = async (address, goesOn = false) => {
    const mine = (turn += 1);
    said.textContent = "Looking…";
    try {
      const page = await readPage(address);
      if (mine !== turn) return;
      letters = goesOn ? [...letters, ...page.items] : page.items;
      next = page.next;
      list.show(letters);
      more.hidden = !next;
      said.textContent = `${letters.length || "None"} found${next ? " so far" : ""}.`;
    } catch (problem) {
      if (mine === turn) said.textContent = problem.detail ?? problem.message;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) look(first());
    else clear();
  });
  form.addEventListener("reset", () => setTimeout(clear));
  more.addEventListener("click", () => next && look(next, true));
}

/** What people wrote is not for everybody to look for. */
export function offerSearch() {
  form.hidden = !may("operator");
  if (form.hidden) form.reset();
}
