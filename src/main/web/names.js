const ANYONE = "*";

/** For whom client B keeps messages, as page-settings.json says it: {names, clientId}. */
export class Names {
  #names;

  constructor({ names, clientId }) {
    this.#names = names.filter((name) => name !== ANYONE);
    this.anyone = names.includes(ANYONE);
    this.first = clientId;
  }

  keeps(name) {
    return this.anyone || this.#names.includes(name);
  }

  /** Whom to write to, if nobody said: empty when it may be anyone. */
  otherThan(name) {
    return this.#names.find((other) => other !== name) ?? (this.anyone ? "" : this.first);
  }

  /** Two who can talk both ways, or null. */
  get pair() {
    const [one, other] = this.anyone ? [...this.#names, "anna", "bert"] : this.#names;
    return other ? [one, other] : null;
  }
}
