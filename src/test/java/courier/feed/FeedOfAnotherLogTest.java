package courier.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.feed.log.Cursor;
import courier.feed.log.LogEvent;
import courier.feed.log.Stretch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a log ends and another begins, clients go on in it, each from where it was. */
class FeedOfAnotherLogTest extends FeedOfEagerClients {
  @Test
  void goesOnAtTheBeginningOfAnotherLogWithoutALook() throws Exception {
    join("anna", start);

    feed.publish(new Stretch("again", Map.of(0, 0L), Map.of(0, 1L), List.of(event(0, 0, "anna"))));

    Cursor after = Cursor.start("again").after(0, 0);
    assertEquals(List.of("0-0 " + after), texts());
  }

  @Test
  void leavesOutWhatIsOfALogThatHasEnded() throws Exception {
    feed.publish(new Stretch("again", Map.of(), Map.of(0, 1L), List.of()));
    join("anna", feed.position());

    publish(event(0, 10, "anna"));

    assertTrue(feed.position().isIn("again"));
    assertEquals(List.of(), sent());
  }

  @Test
  void hasWhoIsStillInALogThatHasEndedCatchUpWithItFirst() throws Exception {
    publish(event(0, 10, "anna"));
    feed.publish(new Stretch("again", Map.of(), Map.of(0, 1L), List.of(event(0, 0, "anna"))));
    Subscriber anna = subscriber("anna", start);

    assertEquals(Feed.Next.STORE, feed.join(anna, MANY));
    assertEquals(start.at(0, 11).toString(), feed.until(anna.position()).between().toString());
    anna.startAt(feed.until(anna.position()));
    assertEquals(Feed.Next.NOTHING, feed.join(anna, MANY));

    assertEquals(List.of("0-0"), arguments());
  }

  @Test
  void hasAClientOfALogThatIsYetToComeWaitForIt() throws Exception {
    Subscriber anna = subscriber("anna", Cursor.start("again").after(0, 0));
    assertEquals(Feed.Next.NOTHING, feed.join(anna, MANY));
    publish(event(0, 10, "bert"));

    LogEvent had = event(0, 0, "anna");
    Stretch again = new Stretch("again", Map.of(), Map.of(), List.of(had, event(0, 1, "anna")));
    assertEquals(List.of(anna), feed.publish(again).behind());
    feed.join(anna, MANY);

    assertEquals(List.of("0-1"), arguments());
  }

  @Test
  void hasReachedWhatItPushedOrSkippedAndWhatHasEnded() {
    assertTrue(feed.reached(start));
    assertFalse(feed.reached(start.at(0, 11)));
    assertTrue(feed.reached(Cursor.start("again")));
    assertFalse(feed.reached(Cursor.start("again").at(0, 1)));

    feed.skipTo(Cursor.start("again").at(0, 1));

    assertTrue(feed.reached(Cursor.start("again").at(0, 1)));
    assertTrue(feed.reached(start.at(0, 11)));
  }
}
