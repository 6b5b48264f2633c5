/**
 * Does something again and again while it is looked at: `work` resolves to how many milliseconds to wait until the next
 * time. Gives {start, stop, now}; what was begun before a stop or a `now` goes on by nobody.
 */
export function polling(work) {
  let timer;
  let turn = 0;
  let runs = false;

  async function now() {
    clearTimeout(timer);
    const mine = (turn += 1);
    if (!runs || document.hidden) return;
    const wait = await work(() => mine === turn);
    if (mine === turn && runs) timer = setTimeout(now, wait);
  }

  document.addEventListener("visibilitychange", now);
  return {
    now,
    start() {
      runs = true;
      return now();
    },
    stop() {
      runs = false;
      clearTimeout(timer);
      turn += 1;
    },
  };
}
