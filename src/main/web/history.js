import { readPage } from "./pages.js";

const PAGE = 50;
const RETRY_AFTER = 3;
/** Messages are stored in the order of their conversation, but one conversation may be this much (ms) behind another. */
const BEHIND = 60_000;

/** One client's stored messages, read into a log: the newest, then what was missed, and older ones when asked for. */
export class History {
  #first;
  #log;
  #said;
  #reading = Promise.resolve();
  #complete = false;
  #since; // the newest message before the connection was lost
  #older = null;
  #retryTimer;
  #ended = false;

  /** `onRead` is called without an argument after a success, and with a text that says what failed. */
  constructor(clientId, log, onRead) {
    this.#first = `/messages?${new URLSearchParams({ clientId, limit: PAGE })}`;
    this.#log = log;
    this.#said = (text = "") => this.#ended || onRead(text);
  }

  /** False until the newest messages have been read. */
  get complete() {
    return this.#complete;
  }

  get hasOlder() {
    return Boolean(this.#older) || this.#log.trimmed;
  }

  /** Reads what is stored: at first the newest page, later everything that came while there was no connection. */
  catchUp() {
    if (this.#complete) this.#since ??= this.#log.newest;
    const anchor = this.#since;
    clearTimeout(this.#retryTimer);
    this.#reading = this.#reading
      .then(() => this.#readSince(anchor))
      .then(() => this.#said(), (problem) => this.#retry(problem));
  }

  async #readSince(anchor) {
    const missed = [];
    let url = this.#first;
    let met = false;
    while (url && !met && missed.length < this.#log.limit) {
      const page = await this.#read(url);
      missed.push(...page.items);
      url = page.next;
      met = !anchor || page.items.some(({ createdAt }) => Date.parse(createdAt) < anchor.time - BEHIND);
    }
    this.#log.addNewer(missed);
    if (!anchor) this.#older = url;
    this.#complete = true;
    this.#since = undefined;
  }

  #retry(problem) {
    if (this.#ended) return;
    const seconds = problem.retryAfter || RETRY_AFTER;
    this.#said(`The stored messages cannot be read: ${problem.detail ?? problem.message} Trying again in ${seconds} s.`);
    this.#retryTimer = setTimeout(() => this.catchUp(), seconds * 1_000);
  }

  async loadOlder() {
    try {
      // The cursor knows nothing of messages dropped at the old end: then walk down to there from the top.
      let url = this.#log.trimmed ? this.#first : this.#older;
      let reached = false;
      while (url && !reached) {
        const page = await this.#read(url);
        reached = this.#log.addOlder(page.items).includes(page.items.at(-1));
        url = page.next;
      }
      this.#older = url;
      this.#said();
    } catch (problem) {
      this.#said(problem.detail ?? problem.message);
    }
  }

  async #read(url) {
    const page = await readPage(url);
    if (this.#ended) throw new Error("Somebody else's messages are shown now.");
    return page;
  }

  /** Reads no more, and drops what is still to be answered. */
  end() {
    this.#ended = true;
    clearTimeout(this.#retryTimer);
  }
}
