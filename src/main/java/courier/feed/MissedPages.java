package courier.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import courier.feed.log.Page;
import java.time.Duration;

/**
 * MissedPages of missed events that were read not long ago, as many as fit. Clients that lost their
 * connection together come back together, and read the same. Only full pages are here, as nothing
 * is ever added to those.
 */
final class MissedPages {
  private static final Duration UNUSED = Duration.ofSeconds(30);

  private final Cache<Key, Page> pages;

  /**
   * @param most characters to keep
   */
  MissedPages(long most) {
    this(most, Ticker.systemTicker());
  }

  MissedPages(long most, Ticker clock) {
    pages =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((Key key, Page page) -> Math.toIntExact(page.length()))
            .expireAfterAccess(UNUSED)
            .ticker(clock)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run) // what is too much goes before another page comes
            .build();
  }

  /** Which page it is: the events of a room in one partition of a log from an offset on. */
  record Key(String log, String room, int partition, long from) {}

  Page get(Key key) {
    return pages.getIfPresent(key);
  }

  void put(Key key, Page page) {
    pages.put(key, page);
  }

  void clear() {
    pages.invalidateAll();
  }

  /** Characters that are kept. */
  long length() {
    pages.cleanUp();
    return pages.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
