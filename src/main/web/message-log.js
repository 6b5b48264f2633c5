/**
 * The shown messages: newest first, each once, at most `limit`. It keeps the given list element in step, so the page's
 * size stays bounded however many messages pass.
 */
export class MessageLog {
  #shown = [];
  #entries = new Map(); // by the message's id
  #trimmed = false;

  constructor(list, limit, render) {
    this.list = list;
    this.limit = limit;
    this.render = render;
    list.replaceChildren();
  }

  get size() {
    return this.#shown.length;
  }

  /** {message, time} of the one on top. */
  get newest() {
    return this.#shown[0];
  }

  /** True once messages were dropped at the old end. */
  get trimmed() {
    return this.#trimmed;
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

  /** Puts on top what was sent from here. By which clock, nobody knows, until it comes with the time the server gave it. */
  addSent(message) {
    if (this.#entries.has(message._id)) return [];
    const time = this.newest?.time ?? 0;
    this.#insert({ message, time, provisional: true }, 0);
    return [message];
  }

  #above(time) {
    const index = this.#shown.findIndex((entry) => entry.time <= time);
    return index < 0 ? this.size : index;
  }

  #below(time) {
    return this.#shown.findLastIndex((entry) => entry.time >= time) + 1;
  }

  #add(message, place) {
    if (!message?._id) return false;
    const known = this.#entries.get(message._id);
    if (known && !known.provisional) return false;
    if (known) this.#remove(known);
    const time = Date.parse(message.createdAt) || 0;
    const index = place(time);
    if (index >= this.limit) return !(this.#trimmed = true);
    this.#insert({ message, time }, index);
    return !known;
  }

  #insert(entry, index) {
    entry.node = this.render(entry.message);
    this.list.insertBefore(entry.node, this.#shown[index]?.node ?? null);
    this.#shown.splice(index, 0, entry);
    this.#entries.set(entry.message._id, entry);
    if (this.size > this.limit) {
      this.#remove(this.#shown.at(-1));
      this.#trimmed = true;
    }
  }

  #remove(entry) {
    entry.node.remove();
    this.#shown.splice(this.#shown.lastIndexOf(entry), 1);
    this.#entries.delete(entry.message._id);
  }
}
