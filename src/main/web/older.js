const PAGE = 50;

/** Older messages of a conversation: asked for by an event, or from a server that knows none of that, page by page. */
export class Older {
  #conversations;
  #history;
  #emit;
  #filling = new Set();

  constructor(conversations, history, emit) {
    this.#conversations = conversations;
    this.#history = history;
    this.#emit = emit;
  }

  /** Whether there may be any. */
  of({ log, complete }) {
    if (log.trimmed) return true;
    return this.#history.hasReceipts ? log.size > 0 && !complete : Boolean(this.#history.next);
  }

  /** Whether the newest ones are here, so that none means that nothing was said. */
  isFilled({ complete }) {
    return this.#history.complete && (complete || !this.#history.hasReceipts);
  }

  /** Reads the newest ones of a conversation that is opened, as far as they are not here. Resolves to true if it did. */
  async fill(conversation) {
    const { log, complete } = conversation;
    if (!this.#history.hasReceipts || (complete && !log.trimmed) || log.size >= PAGE || this.#filling.has(conversation)) return false;
    this.#filling.add(conversation);
    try {
      await this.#ask(conversation);
      return true;
    } catch {
      return false; // it can be asked for
    } finally {
      this.#filling.delete(conversation);
    }
  }

  async load(conversation) {
    if (this.#history.hasReceipts) {
      try {
        return await this.#ask(conversation);
      } catch {
        // by HTTP, which says what is wrong
      }
    }
    await this.#walkDown(conversation);
  }

  /** A page. Large messages come in several parts, and only an empty one is the end. */
  async #ask(conversation) {
    let part;
    for (let count = 0; count < PAGE && part?.length !== 0; count += part.length) {
      const stored = conversation.log.entries.findLast(({ provisional }) => !provisional);
      const before = stored ? { before: stored.message._id } : {};
      const answer = await this.#emit("history", { with: conversation.partner, ...before, limit: PAGE });
      part = answer.messages;
      this.#conversations.addOlder(part, conversation);
    }
    conversation.complete = part.length === 0;
  }

  async #walkDown(conversation) {
    // The cursor knows nothing of messages dropped at the old end: then walk down to there from the top.
    let url = conversation.log.trimmed ? this.#history.first : this.#history.next;
    let reached = false;
    while (url && !reached) {
      const page = await this.#history.read(url);
      reached = this.#conversations.addOlder(page.items, conversation)
        .some((message) => this.#conversations.partnerOf(message) === conversation.partner);
      url = page.next;
    }
    this.#history.next = url;
  }
}
