// What one socket got of numbered messages. Each conversation counts from 1 on, and its messages' ids
// are NAME-CONVERSATION-NUMBER; so whatever is not the next number is a repetition or leaves a gap.
export class Tally {
  received = 0;
  repeated = 0;
  skipped = 0;
  #last;

  /** last: the number of each conversation that it had before */
  constructor(last = []) {
    this.#last = [...last];
  }

  add(conversation, number) {
    const last = this.#last[conversation] ?? 0;
    this.received++;
    if (number <= last) {
      this.repeated++;
      return;
    }
    this.skipped += number - last - 1;
    this.#last[conversation] = number;
  }

  /** The last number of each conversation, undefined for one that nothing came of. */
  get last() {
    return this.#last;
  }

  /** Whether it got each conversation up to these numbers, once and in order. */
  hasExactly(numbers) {
    return !this.repeated && !this.skipped && numbers.every((number, c) => (this.#last[c] ?? 0) === number);
  }
}
