const count = new Intl.NumberFormat();
const few = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 2 });

/** A step may have the id of a route. */
export const stepKey = (id) => `step ${id}`;

/** How much goes through routes and steps in a second, by what was counted twice. */
export class Rates {
  #counted = new Map(); // key to {total, at (ms), rate}

  /** @param at in milliseconds */
  take(routes, at) {
    const next = new Map();
    const visit = (key, { total, steps = [] }) => {
      const before = this.#counted.get(key);
      // A route that was started anew counts from 0.
      const isLater = before !== undefined && total >= before.total && at > before.at;
      next.set(key, { total, at, rate: isLater ? ((total - before.total) * 1000) / (at - before.at) : null });
      for (const step of steps) visit(stepKey(step.id), step);
    };
    for (const route of routes) visit(route.id, route);
    this.#counted = next;
  }

  clear() {
    this.#counted = new Map();
  }

  /** In a second; null when it is not known yet. */
  of(key) {
    return this.#counted.get(key)?.rate ?? null;
  }

  rounded(rate) {
    return rate >= 10 ? count.format(Math.round(rate)) : few.format(rate);
  }

  /** Such as "12/s · 3 failed", or how many there were when nothing goes through. */
  words(key, { total, failed = 0, inflight = 0 }) {
    if (total === undefined) return "";
    const rate = this.of(key);
    return [
      rate ? `${this.rounded(rate)}/s` : count.format(total),
      inflight ? `${count.format(inflight)} under way` : "",
      failed ? `${count.format(failed)} failed` : "",
    ].filter(Boolean).join(" · ");
  }
}
