/**
 * Tells the server up to where messages were delivered and read: one event at a time, and of each conversation only the
 * newest message. What could not be told waits for the next time.
 */
export class Receipts {
  #emit;
  #asked = new Map(); // the newest id by status and partner
  #waiting = new Map();
  #busy = false;

  constructor(emit) {
    this.#emit = emit;
  }

  /** What is unread has at least arrived here. */
  tell(conversations) {
    for (const conversation of conversations) if (conversation.unread) this.mark("delivered", conversation);
    return this.#send();
  }

  /** All that came in a conversation is `status`, delivered or read. */
  mark(status, { partner, newestToMe: id }) {
    const key = `${status} ${partner}`;
    // What is read is delivered.
    if (!id || this.#asked.get(key) === id || this.#asked.get(`read ${partner}`) === id) return;
    if (status === "read") this.#waiting.delete(`delivered ${partner}`);
    this.#asked.set(key, id);
    this.#waiting.set(key, id);
  }

  async #send() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#waiting.size) await this.#sendOne(...this.#waiting.entries().next().value);
    } catch {
      // no connection, or no store
    } finally {
      this.#busy = false;
    }
  }

  async #sendOne(key, id) {
    await this.#emit(key.split(" ", 1)[0], id).catch((problem) => {
      // The server's own answer: it would say the same again.
      if (!(problem.status >= 400 && problem.status < 500)) throw problem;
    });
    if (this.#waiting.get(key) === id) this.#waiting.delete(key);
  }
}
