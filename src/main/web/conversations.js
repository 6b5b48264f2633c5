import { Conversation } from "./conversation.js";

const KEPT = 200;

/** All conversations of one person, by partner. */
export class Conversations {
  #all = new Map();

  constructor(me) {
    this.me = me;
  }

  /** Those in which something was said, newest first. */
  get listed() {
    return [...this.#all.values()].filter(({ last }) => last).sort((one, other) => other.time - one.time || 0);
  }

  get newestTime() {
    return Math.max(...[...this.#all.values()].map(({ log }) => log.newest?.time ?? 0), 0);
  }

  with(partner) {
    if (!this.#all.has(partner)) this.#all.set(partner, new Conversation(this.me, partner));
    return this.#all.get(partner);
  }

  partnerOf({ from, to }) {
    return String((from === this.me ? to : from) ?? "");
  }

  /** Adds messages given newest first. Returns the new ones. */
  addNewer(messages) {
    return messages.toReversed().filter((message) => message?._id && this.#of(message).log.addNewer(message));
  }

  /** Adds a page of older messages, newest first, which was read for one conversation and may have some of others. */
  addOlder(messages, wanted) {
    const pages = Map.groupBy(messages.filter((message) => message?._id), (message) => this.#of(message));
    return [...pages].flatMap(([conversation, page]) => {
      // Between what it has and this page there may be what it dropped.
      if (conversation.log.trimmed && conversation !== wanted) return [];
      const isNew = !conversation.last;
      conversation.log.extend(page.length);
      const added = page.filter((message) => conversation.log.addOlder(message));
      if (isNew) conversation.settle();
      return added;
    });
  }

  /** Puts what was sent from here above all others. */
  addSent(message) {
    this.#of(message).addSent(message, (this.listed[0]?.time ?? 0) + 0.5);
  }

  /** Takes the server's list, which has the unread counts. */
  list(listed) {
    for (const { partner, ...state } of listed) this.with(partner).list(state);
  }

  /** What is here now is nothing new. */
  settle() {
    for (const conversation of this.#all.values()) conversation.settle();
  }

  forgetBefore(time) {
    for (const { log } of this.#all.values()) log.forgetBefore(time);
  }

  /** Keeps the newest ones and the open one, however many write. */
  trim(open) {
    for (const { partner } of this.listed.slice(KEPT)) if (partner !== open) this.#all.delete(partner);
  }

  #of(message) {
    return this.with(this.partnerOf(message));
  }
}
