const KEPT = 8;

/**
 * Up to which message something is so. It never goes back: of the ids that were named, the newest counts. Which one that
 * is shows only once they are in the log; they may come before their message does.
 */
export class Mark {
  #ids = [];

  upTo(id) {
    if (id) this.#ids = [id, ...this.#ids.filter((known) => known !== id)].slice(0, KEPT);
  }

  /** How many messages of the log are newer; all, if none of the ids is in it. */
  indexIn(log) {
    return Math.min(log.size, ...this.#ids.map((id) => log.indexOf(id)).filter((index) => index >= 0));
  }
}
