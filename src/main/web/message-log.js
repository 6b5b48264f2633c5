/**
 * The shown messages: newest first, each once, at most `limit`. It keeps the given list element in step, so the page's
 * size stays bounded however many messages pass.
 */
export class MessageLog {
  #shown = [];
  #ids = new Set();
  #trimmed = false;

  constructor(list, limit, render) {
    this.list = list;
    this.limit = limit;
    this.render = render;
  }

  get size() {
    return this.#shown.length;
  }

  get newest() {
    return this.#shown[0];
  }

  /** True once messages were dropped at the old end. */
  get trimmed() {
    return this.#trimmed;
  }

  has(id) {
    return this.#ids.has(id);
  }

  /** Adds messages given newest first; those of the same millisecond as a shown one go above it. Returns the new ones. */
  addNewer(messages) {
    return messages.toReversed().filter((message) => this.#add(message, (time) => this.#above(time)));
  }

  /** The same for a page further down: those of the same millisecond go below. */
  addOlder(messages) {
    this.limit = Math.max(this.limit, this.size + messages.length);
    this.#trimmed = false;
    return messages.filter((message) => this.#add(message, (time) => this.#below(time)));
  }

  #above(time) {
    const index = this.#shown.findIndex((entry) => entry.time <= time);
    return index < 0 ? this.size : index;
  }

  #below(time) {
    return this.#shown.findLastIndex((entry) => entry.time >= time) + 1;
  }

  #add(message, place) {
    if (!message?._id || this.has(message._id)) return false;
    const time = Date.parse(message.createdAt) || 0;
    const index = place(time);
    if (index >= this.limit) return !(this.#trimmed = true);
    const node = this.render(message);
    this.list.insertBefore(node, this.#shown[index]?.node ?? null);
    this.#shown.splice(index, 0, { id: message._id, time, node });
    this.#ids.add(message._id);
    if (this.size > this.limit) this.#dropOldest();
    return true;
  }

  #dropOldest() {
    const { id, node } = this.#shown.pop();
    node.remove();
    this.#ids.delete(id);
    this.#trimmed = true;
  }
}
