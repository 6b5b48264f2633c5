import { byId } from "./elements.js";

const AT_MOST = 500;
const WITHOUT_FRAMES = 500; // a tab that nobody sees gets none
const ANNOUNCE_EVERY = 3_000;

let unannounced = 0;

/** Gathers what arrives: many may in one frame, and are shown together in the next. */
export class Arrivals {
  #waiting = [];
  #show;

  /** `show` gets them newest first. */
  constructor(show) {
    this.#show = () => {
      if (this.#waiting.length) show(this.take());
    };
  }

  add(message) {
    if (this.#waiting.push(message) === 1) {
      requestAnimationFrame(this.#show);
      setTimeout(this.#show, WITHOUT_FRAMES);
    }
    if (this.#waiting.length > 2 * AT_MOST) this.#waiting = this.#waiting.slice(-AT_MOST);
  }

  take() {
    const arrived = this.#waiting.slice(-AT_MOST).reverse();
    this.#waiting = [];
    return arrived;
  }
}

/** Tells a screen reader of arrivals, now and then and not of each. */
export function announce(count) {
  if (count && unannounced === 0) {
    setTimeout(() => {
      byId("arrivals").textContent = unannounced === 1 ? "1 new message" : `${unannounced} new messages`;
      unannounced = 0;
    }, ANNOUNCE_EVERY);
  }
  unannounced += count;
}
