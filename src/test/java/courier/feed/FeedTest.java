package courier.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.feed.log.Cursor;
import courier.feed.log.LogEvent;
import courier.feed.log.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A feed pushes each event once to the room that it is for, and knows what it has. */
class FeedTest extends FeedOfEagerClients {
  @Test
  void pushesToTheRoomOfAnEventWithThePositionAfterIt() throws Exception {
    join("anna", start);

    assertEquals(1, publish(event(0, 10, "bert"), event(1, 4, "anna")));

    Cursor after = start.at(0, 11).after(1, 4);
    assertEquals(List.of("1-4 " + after), texts());
  }

  @Test
  void pushesNothingTwice() throws Exception {
    join("anna", start);
    publish(event(0, 10, "anna"), event(0, 11, "anna"));
    sent();

    assertEquals(0, publish(event(0, 9, "anna"), event(0, 11, "anna")));
    assertEquals(List.of(), sent());
  }

  @Test
  void pushesAtOnceWhatComesAgainAndThenNotOnceMore() throws Exception {
    join("anna", start);

    assertEquals(1, feed.publishEarly(from(10, event(0, 10, "anna"))).events());
    assertEquals(0, feed.publish(from(10, event(0, 10, "anna"))).events());

    assertEquals(List.of("0-10"), arguments());
    assertEquals(1, publish(event(0, 11, "anna")));
  }

  @Test
  void leavesWhatComesAgainForThenIfSomethingIsMissingBefore() throws Exception {
    join("anna", start);

    assertEquals(new Feed.Pushed(0, List.of()), feed.publishEarly(from(12, event(0, 12, "anna"))));
    Stretch ofAnother = new Stretch("another", Map.of(), Map.of(), List.of(event(0, 10, "anna")));
    assertEquals(new Feed.Pushed(0, List.of()), feed.publishEarly(ofAnother));
    publish(event(0, 10, "anna"), event(0, 11, "anna"));
    assertEquals(1, feed.publish(from(12, event(0, 12, "anna"))).events());

    assertEquals(List.of("0-10", "0-11", "0-12"), arguments());
  }

  @Test
  void pushesNothingToWhoHasLeft() throws Exception {
    Subscriber anna = subscriber("anna", start);
    feed.join(anna, MANY);
    feed.leave(anna);

    assertEquals(0, publish(event(0, 10, "anna")));
    assertEquals(List.of(), sent());
  }

  @Test
  void knowsWhatItHasWithoutLookingAtIt() throws Exception {
    assertTrue(feed.has(LOG, Map.of(0, 10L)));
    assertFalse(feed.has(LOG, Map.of(0, 11L)));
    assertFalse(feed.has(LOG, Map.of(0, 10L, 1, 1L)));
    assertFalse(feed.has("another", Map.of(0, 10L)));
    assertFalse(feed.has(LOG, Map.of())); // it does not say
    feed.publishEarly(from(10, event(0, 10, "anna")));
    assertTrue(feed.has(LOG, Map.of(0, 11L)));
  }

  @Test
  void remembersOnlySoMuch() throws Exception {
    String large = "x".repeat(1_000_000);
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(LogEvent.of(0, 10 + i, "anna", "newMessage", large));
    }
    publish(events.toArray(LogEvent[]::new));

    assertFalse(feed.remembers(start));
    assertTrue(feed.remembers(start.at(0, 25)));
  }
}
