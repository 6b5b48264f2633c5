/** Messages in their order, each once, at most `limit`: as far as they are known, without a gap below the newest. */
export class MessageLog {
  #entries = []; // {message, time, provisional}, newest first
  #known = new Map(); // by the message's id
  #trimmed = false;

  /** `onDrop` is called before one is dropped at the old end. */
  constructor(limit, onDrop) {
    this.limit = limit;
    this.onDrop = onDrop;
  }

  get size() {
    return this.#entries.length;
  }

  get entries() {
    return this.#entries;
  }

  get newest() {
    return this.#entries[0];
  }

  get oldest() {
    return this.#entries.at(-1);
  }

  /** True once messages were dropped at the old end. */
  get trimmed() {
    return this.#trimmed;
  }

  /** How many are newer than the one with this id, -1 if it is not here. */
  indexOf(id) {
    return this.#entries.indexOf(this.#known.get(id));
  }

  /** Takes one that is new. One of the same millisecond as others goes above them. Returns false if it was here. */
  addNewer(message) {
    return this.#add(message, (time) => this.#above(time));
  }

  /** The same for one that is read from further down: of those of the same millisecond it goes below. */
  addOlder(message) {
    return this.#add(message, (time) => this.#below(time));
  }

  /** Room for as many older ones; those that were dropped come again. */
  extend(count) {
    this.limit = Math.max(this.limit, this.size + count);
    this.#trimmed = false;
  }

  /** Puts on top what was sent from here. By which clock, nobody knows, until it comes with the time the server gave it. */
  addSent(message) {
    if (this.#known.has(message._id)) return false;
    this.#insert({ message, time: this.newest?.time ?? 0, provisional: true }, 0);
    return true;
  }

  /** Drops what is older, since there may be a gap above it. */
  forgetBefore(time) {
    for (const entry of this.#entries.filter((entry) => entry.time < time && !entry.provisional)) {
      this.#remove(entry);
      this.#trimmed = true;
    }
  }

  #above(time) {
    const index = this.#entries.findIndex((entry) => entry.time <= time);
    return index < 0 ? this.size : index;
  }

  #below(time) {
    return this.#entries.findLastIndex((entry) => entry.time >= time) + 1;
  }

  #add(message, place) {
    const known = this.#known.get(message._id);
    if (known && !known.provisional) return false;
    if (known) this.#remove(known);
    const time = Date.parse(message.createdAt) || 0;
    const index = place(time);
    if (index >= this.limit) return !(this.#trimmed = true);
    this.#insert({ message, time }, index);
    return !known;
  }

  #insert(entry, index) {
    this.#entries.splice(index, 0, entry);
    this.#known.set(entry.message._id, entry);
    if (this.size > this.limit) {
      this.onDrop(this.oldest);
      this.#remove(this.oldest);
      this.#trimmed = true;
    }
  }

  #remove(entry) {
    this.#entries.splice(this.#entries.lastIndexOf(entry), 1);
    this.#known.delete(entry.message._id);
  }
}
