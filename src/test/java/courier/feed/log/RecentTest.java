package courier.feed.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentTest {
  private static final Cursor START = Cursor.start("log");

  private final Recent recent = new Recent(100_000, START);

  private List<Long> offsets() {
    return recent.after(START, "room", 100_000).events().stream().map(LogEvent::offset).toList();
  }

  @Test
  void keepsTheLastEventsThatFit() {
    for (int offset = 0; offset < 100; offset++) {
      recent.add(new LogEvent(0, offset, "room", "event", "x".repeat(9_800)));
    }

    assertEquals(LongStream.range(90, 100).boxed().toList(), offsets());
    assertTrue(recent.reachBackTo(START.at(0, 90)));
    assertFalse(recent.reachBackTo(START.at(0, 89)));
  }

  @Test
  void countsWhatAnEventTakesBesidesItsJson() {
    for (int offset = 0; offset < 10_000; offset++) {
      recent.add(new LogEvent(0, offset, "room", "event", "{}"));
    }

    assertTrue(offsets().size() <= 500, () -> offsets().size() + " are kept");
  }
}
