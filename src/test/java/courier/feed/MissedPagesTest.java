package courier.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.feed.log.LogEvent;
import courier.feed.log.Page;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissedPagesTest {
  private static final long MOST = 1_000_000;

  private long now;
  private final MissedPages pages = new MissedPages(MOST, () -> now);

  @Test
  void keepsAsManyAsFit() throws Exception {
    Page first = page(Page.LENGTH);
    pages.put(key(0), first);
    for (int from = 1; from < 100; from++) {
      assertSame(first, pages.get(key(0)));
      pages.put(key(from), page(Page.LENGTH));
      assertTrue(pages.length() <= MOST, () -> pages.length() + " characters are kept");
    }
    long kept = IntStream.range(0, 100).filter(from -> pages.get(key(from)) != null).count();
    assertEquals(MOST / Page.LENGTH, kept);
  }

  @Test
  void keepsNothingThatNobodyAsksFor() throws Exception {
    pages.put(key(0), page(1000));
    now += TimeUnit.SECONDS.toNanos(29);
    assertNotNull(pages.get(key(0)));
    now += TimeUnit.SECONDS.toNanos(31);
    assertNull(pages.get(key(0)));
    assertEquals(0, pages.length());
  }

  @Test
  void keepsNoPageThatIsLargerThanAll() throws Exception {
    pages.put(key(0), page(5 * 1024 * 1024));
    assertEquals(0, pages.length());
  }

  @Test
  void countsAPageOnceThatIsPutTwice() throws Exception {
    pages.put(key(0), page(1000));
    long once = pages.length();
    pages.put(key(0), page(1000));
    assertEquals(once, pages.length());
  }

  private static MissedPages.Key key(int from) {
    return new MissedPages.Key("log", "anna", 0, from);
  }

  private static Page page(int length) throws Exception {
    Page page = new Page(500);
    page.add(LogEvent.of(0, 0, "anna", "newMessage", "x".repeat(length)));
    return page;
  }
}
