import { Mark } from "./mark.js";
import { MessageLog } from "./message-log.js";

const SHOWN = 500;

/** What I and a partner wrote to each other, as far as it is known here, and how far each of us has read. */
export class Conversation {
  #me;
  #last = null; // as the server listed it
  #delivered = new Mark();
  #read = new Mark();
  #base = { unread: 0, time: -Infinity }; // counted up to the message with this id and time
  #sentAt = 0; // among the times of all conversations
  complete = false; // true once there is nothing older than what is here

  constructor(me, partner) {
    this.#me = me;
    this.partner = partner;
    this.log = new MessageLog(SHOWN, (entry) => this.#keepCount(entry));
  }

  /** The newest message, also if no other is known yet. */
  get last() {
    const { message, time, provisional } = this.log.newest ?? {};
    return message && (provisional || !(timeOf(this.#last) > time)) ? message : this.#last;
  }

  /** The later, the newer. */
  get time() {
    return this.log.newest?.provisional ? this.#sentAt : timeOf(this.last);
  }

  get unread() {
    return this.#base.unread + this.#incoming(this.#newerThanBase()).length;
  }

  /** The newest message to me that the server has. */
  get newestToMe() {
    return this.#incoming(this.log.size)[0]?.message._id ?? (this.#last?.to === this.#me ? this.#last._id : undefined);
  }

  /** Oldest first; what I wrote has a status. */
  get items() {
    const read = this.#read.indexIn(this.log);
    const delivered = Math.min(read, this.#delivered.indexIn(this.log));
    return this.log.entries.map(({ message }, index) => {
      const status = index >= read ? "read" : index >= delivered ? "delivered" : "sent";
      return { message, status: message.from === this.#me ? status : "" };
    }).reverse();
  }

  /** Takes what was sent from here; when, by the server's clock, is not known yet. */
  addSent(message, sentAt) {
    if (this.log.addSent(message)) this.#sentAt = sentAt;
  }

  /** Takes what the server lists: {last, unread, delivered, read}. */
  list({ last, unread, delivered, read }) {
    this.#last = last;
    this.#base = { unread, id: last._id, time: timeOf(last) };
    this.reachedPartner("delivered", delivered);
    this.reachedPartner("read", read);
  }

  reachedPartner(status, id) {
    (status === "read" ? this.#read : this.#delivered).upTo(id);
  }

  /** I have read up to this message, here or elsewhere. Returns false if it is not known here. */
  readUpTo(id) {
    const index = this.log.indexOf(id);
    if (index < 0) return false;
    this.settle(Math.min(this.unread, this.#incoming(index).length));
    return true;
  }

  /** So many are unread, of all that are known now. */
  settle(unread = 0) {
    this.#base = { unread, id: this.last?._id, time: timeOf(this.last) };
  }

  /** What is dropped unread stays unread. */
  #keepCount({ message }) {
    if (message.to === this.#me && this.#newerThanBase() === this.log.size) this.#base.unread += 1;
  }

  #newerThanBase() {
    const { id, time } = this.#base;
    const index = this.log.indexOf(id);
    return index >= 0 ? index : this.log.entries.filter((entry) => entry.time > time).length;
  }

  #incoming(newest) {
    return this.log.entries.slice(0, newest).filter(({ message, provisional }) => message.to === this.#me && !provisional);
  }
}

function timeOf(message) {
  return message ? Date.parse(message.createdAt) || 0 : -Infinity;
}
