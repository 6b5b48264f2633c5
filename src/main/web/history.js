import { readPage } from "./pages.js";
import { ask } from "./problem.js";

const PAGE = 50;
const AT_MOST = 500; // of what was missed; the rest can be asked for
const RETRY_AFTER = 3;
/** Messages are stored in the order of their conversation, but one conversation may be this much (ms) behind another. */
const BEHIND = 60_000;

/** What is stored of all that one person wrote and got: at first the newest, and later what was missed. */
export class History {
  #clientId;
  #conversations;
  #said;
  #reading = Promise.resolve();
  #complete = false;
  #hasReceipts = false;
  #since; // the time of the newest message before the connection was lost
  #retryTimer;
  #ended = false;
  /** The address of the next page, below all that was read. */
  next = null;

  /** `onRead` is called without an argument after a success, and with a text that says what failed. */
  constructor(conversations, onRead) {
    this.#clientId = conversations.me;
    this.#conversations = conversations;
    this.#said = (text = "") => this.#ended || onRead(text);
  }

  get first() {
    return `/messages?${new URLSearchParams({ clientId: this.#clientId, limit: PAGE })}`;
  }

  /** False until the newest messages have been read. */
  get complete() {
    return this.#complete;
  }

  /** Whether the server knows conversations, and how far they were read. */
  get hasReceipts() {
    return this.#hasReceipts;
  }

  /** Reads what is stored: at first the newest page, later everything that came while there was no connection. */
  catchUp() {
    if (this.#complete) this.#since ??= this.#conversations.newestTime;
    const since = this.#since;
    clearTimeout(this.#retryTimer);
    this.#then(() => this.#readSince(since).then(() => this.#list()));
  }

  /** Reads what is unread and how far all has come, when no message was missed. */
  refresh() {
    this.#then(() => this.#list());
  }

  #then(read) {
    this.#reading = this.#reading.then(read).then(() => this.#said(), (problem) => this.#retry(problem));
  }

  async #readSince(since) {
    const missed = [];
    let url = this.first;
    let met = false;
    while (url && !met && missed.length < AT_MOST) {
      const page = await this.read(url);
      missed.push(...page.items);
      url = page.next;
      met = since === undefined || page.items.some(({ createdAt }) => Date.parse(createdAt) < since - BEHIND);
    }
    const gap = url && !met;
    if (gap) this.#conversations.forgetBefore(Date.parse(missed.at(-1).createdAt));
    this.#conversations.addNewer(missed);
    if (since === undefined || gap) this.next = url;
    if (!this.#complete) this.#conversations.settle();
    this.#complete = true;
    this.#since = undefined;
  }

  /** A server that has no list of conversations is an older one. */
  async #list() {
    const query = new URLSearchParams({ clientId: this.#clientId });
    const listed = await ask(`/conversations?${query}`).then((response) => response.json(), (problem) => {
      if (problem.status >= 400 && problem.status < 500) return null;
      throw problem;
    });
    if (this.#ended) return;
    this.#hasReceipts = Array.isArray(listed);
    this.#conversations.list(listed ?? []);
  }

  #retry(problem) {
    if (this.#ended) return;
    const seconds = problem.retryAfter || RETRY_AFTER;
    this.#said(`The stored messages cannot be read: ${problem.detail ?? problem.message} Trying again in ${seconds} s.`);
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.catchUp(), seconds * 1_000);
  }

  async read(url) {
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
