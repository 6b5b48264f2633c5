package courier.feed;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How much was sent to clients, and how those that came got what they had missed. */
public final class Counts {
  /** Where a client that comes goes on. */
  public enum Start {
    /** It was not here before, or does not say where it was. */
    NEW,
    /** All it has missed is in memory. */
    MEMORY,
    /** The store, or the log, was asked. */
    STORE,
    /** Where it was is not known any more: it begins anew. */
    LOST
  }

  private final LongAdder deliveries = new LongAdder();
  private final Map<Start, LongAdder> starts = new EnumMap<>(Start.class);
  private final Map<Start, LongAdder> nanos = new EnumMap<>(Start.class);

  Counts() {
    for (Start start : Start.values()) {
      starts.put(start, new LongAdder());
      nanos.put(start, new LongAdder());
    }
  }

  void delivered(int events, int clients) {
    deliveries.add((long) events * clients);
  }

  void caughtUp(Start start, long since) {
    starts.get(start).increment();
    nanos.get(start).add(System.nanoTime() - since);
  }

  /** Events, as often as a client was sent one. */
  public long deliveries() {
    return deliveries.sum();
  }

  /** How many clients have come and caught up. */
  public long caughtUp(Start start) {
    return starts.get(start).sum();
  }

  /** How long that took them all together. */
  public double seconds(Start start) {
    return nanos.get(start).sum() / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
