/**
 * Keeps a list element in step with items. The node of an item stays the same as long as the item is there, so what is
 * open, typed or focused in it stays too. `make(item)` gives an item's view: {node, update(item)}.
 */
export class KeyedList {
  #views = new Map();

  constructor(list, keyOf, make) {
    this.list = list;
    this.keyOf = keyOf;
    this.make = make;
  }

  get size() {
    return this.#views.size;
  }

  get views() {
    return [...this.#views.values()];
  }

  show(items) {
    const focused = document.activeElement;
    const focusedAt = [...this.list.children].findIndex((node) => node.contains(focused));
    this.#drop(new Set(items.map(this.keyOf)));
    items.forEach((item, index) => this.#place(this.#viewOf(item).node, this.list.children[index] ?? null));
    if (focusedAt >= 0 && document.activeElement !== focused) this.#focusAgain(focused, focusedAt);
  }

  #drop(keys) {
    for (const [key, { node }] of this.#views) {
      if (keys.has(key)) continue;
      node.remove();
      this.#views.delete(key);
    }
  }

  #viewOf(item) {
    const key = this.keyOf(item);
    const known = this.#views.get(key);
    if (known) known.update(item);
    else this.#views.set(key, this.make(item));
    return this.#views.get(key);
  }

  #place(node, at) {
    if (node === at) return;
    // Moving keeps the focus and the scroll position inside; not every browser can.
    if (node.isConnected && this.list.moveBefore) this.list.moveBefore(node, at);
    else this.list.insertBefore(node, at);
  }

  /** Focuses what was focused, or what has taken the place of it. */
  #focusAgain(focused, index) {
    const instead = this.list.children[Math.min(index, this.size - 1)] ?? this.list.closest("details");
    (focused.isConnected ? focused : instead?.querySelector("summary"))?.focus({ preventScroll: true });
  }
}
