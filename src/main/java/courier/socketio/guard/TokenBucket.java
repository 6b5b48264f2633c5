package courier.socketio.guard;

/**
 * So many a second, and no more than that at once. Its caller sees to it that threads take turns.
 */
public final class TokenBucket {
  private final int perSecond;
  private double tokens;
  private long filled = System.nanoTime();

  public TokenBucket(int perSecond) {
    this.perSecond = perSecond;
    tokens = perSecond;
  }

  public boolean take() {
    fill();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Takes some also where there are none, which then are owed. */
  void borrow(double some) {
    fill();
    tokens -= some;
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
