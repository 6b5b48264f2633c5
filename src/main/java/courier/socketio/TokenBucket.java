package courier.socketio;

/**
 * So many a second, and no more than that at once. Its caller sees to it that threads take turns.
 */
final class TokenBucket {
  private final int perSecond;
  private double tokens;
  private long filled = System.nanoTime();

  TokenBucket(int perSecond) {
    this.perSecond = perSecond;
    tokens = perSecond;
  }

  boolean take() {
    fill();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Takes one also where there is none, which then is owed. */
  void borrow() {
    fill();
    tokens--;
  }

  /** How long it takes until nothing is owed, in nanoseconds. */
  long debt() {
    fill();
    return tokens >= 0 ? 0 : (long) (-tokens / perSecond * 1e9);
  }

  boolean isFull() {
    fill();
    return tokens >= perSecond;
  }

  private void fill() {
    long now = System.nanoTime();
    tokens = Math.min(perSecond, tokens + (now - filled) * 1e-9 * perSecond);
    filled = now;
  }
}
