package courier.http;

import java.util.HashMap;
import java.util.Map;

/** How many requests of a costly kind may be under way at once, in all and of one address. */
public final class AtOnce {
  private final int most;
  private final int mostPerAddress;
  private final Map<String, Integer> underWay = new HashMap<>();
  private int all;

  public AtOnce(int most, int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /**
   * Counts one more, which has to be ended.
   *
   * @param tooManyOfAddress what to say then
   * @param tooMany the same when there are too many in all
   * @throws Refusal 429 or 503
   */
  public synchronized void begin(String address, String tooManyOfAddress, String tooMany) {
    check(address, tooManyOfAddress, tooMany);
    underWay.merge(address, 1, Integer::sum);
    all++;
  }

  /**
   * Counts nothing, and only says whether one more might begin.
   *
   * @throws Refusal as {@link #begin} would
   */
  public synchronized void check(String address, String tooManyOfAddress, String tooMany) {
    if (underWay.getOrDefault(address, 0) >= mostPerAddress) {
      throw new Refusal(429, tooManyOfAddress);
    }
    if (all >= most) {
      throw new Refusal(503, tooMany);
    }
  }

  public synchronized void end(String address) {
    underWay.computeIfPresent(address, (same, own) -> own == 1 ? null : own - 1);
    all--;
  }
}
