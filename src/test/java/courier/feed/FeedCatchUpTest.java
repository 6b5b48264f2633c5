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

/** A client that is behind or ahead gets what it has not had, and nothing else. */
class FeedCatchUpTest extends FeedOfEagerClients {
  @Test
  void sendsWhatWasMissedAMomentAgoAndThenWhatComes() throws Exception {
    publish(event(0, 10, "anna"), event(0, 11, "anna"), event(0, 12, "bert"));

    assertEquals(Feed.Next.NOTHING, join("anna", start.after(0, 10)));
    publish(event(0, 13, "anna"));

    assertEquals(List.of("0-11", "0-13"), arguments());
  }

  @Test
  void sendsNoMoreThanTheLimitAtATime() throws Exception {
    publish(event(0, 10, "anna"), event(0, 11, "anna"), event(1, 0, "anna"));
    Subscriber anna = subscriber("anna", start);

    assertEquals(Feed.Next.MORE, feed.join(anna, 2));
    assertEquals(Feed.Next.NOTHING, feed.join(anna, 2));

    assertEquals(List.of("0-10", "0-11", "1-0"), arguments());
  }

  @Test
  void hasTheStoreAskedForWhatIsOlderThanTheLastEvents() {
    assertEquals(Feed.Next.STORE, join("anna", Cursor.start(LOG).at(0, 9)));
    assertTrue(feed.remembers(start));
    assertFalse(feed.remembers(Cursor.start(LOG).at(0, 9)));
  }

  @Test
  void letsClientsCatchUpWithWhatIsBetweenTwoStretches() throws Exception {
    join("anna", start);
    LogEvent event = event(0, 15, "anna");

    Stretch follows = new Stretch(LOG, Map.of(0, 8L), Map.of(0, 12L), List.of());
    assertEquals(List.of(), feed.publish(follows).behind());
    Stretch later = new Stretch(LOG, Map.of(0, 13L), Map.of(0, 16L), List.of(event));
    Feed.Pushed pushed = feed.publish(later);

    assertEquals(0, pushed.events());
    assertEquals(12, pushed.behind().get(0).position().next(0));
    assertEquals(16, feed.position().next(0));
    assertEquals(Feed.Next.STORE, feed.join(pushed.behind().get(0), MANY));
    assertEquals(List.of(), arguments());
  }

  @Test
  void letsClientsCatchUpWithAGap() throws Exception {
    join("anna", start);
    publish(event(0, 10, "anna"));

    List<Subscriber> behind = feed.skipTo(start.at(0, 500));
    publish(event(0, 500, "anna"));

    assertEquals(List.of("0-10"), arguments());
    assertEquals(11, behind.get(0).position().next(0));
    assertEquals(Feed.Next.STORE, feed.join(behind.get(0), MANY));
  }

  @Test
  void givesAClientThatCatchesUpPositionsWhereItMissesNothing() throws Exception {
    publish(event(0, 10, "anna"), event(1, 0, "anna"), event(0, 11, "anna"));

    join("anna", start.at(1, 1)); // it has the second event already

    Cursor last = start.at(1, 1).after(0, 11);
    assertEquals("0-11 " + last, texts().get(1));
  }

  @Test
  void givesAClientThatIsAheadOnlyWhatItHasNotHadAndThatAtOnce() throws Exception {
    Subscriber anna = subscriber("anna", start.after(0, 11));
    assertEquals(Feed.Next.NOTHING, feed.join(anna, MANY));

    assertEquals(List.of(anna), feed.publish(stretch(event(0, 10, "anna"))).behind());
    assertEquals(Feed.Next.NOTHING, feed.join(anna, MANY));
    assertEquals(List.of(), arguments());
    assertEquals(List.of(), feed.publish(stretch(event(1, 0, "bert"))).behind());

    assertEquals(List.of(anna), feed.publish(stretch(event(1, 1, "anna"))).behind());
    assertEquals(Feed.Next.NOTHING, feed.join(anna, MANY));
    assertEquals(List.of(anna), feed.publish(stretch(event(0, 11, "anna"))).behind());
    assertEquals(Feed.Next.NOTHING, feed.join(anna, MANY));
    publish(event(0, 12, "anna"));
    assertEquals(List.of("1-1", "0-12"), arguments());
  }

  @Test
  void comesToAClientThatIsAheadWithWhatIsForNobody() throws Exception {
    Subscriber anna = subscriber("anna", start.at(0, 20));
    feed.join(anna, MANY);

    Stretch ignored = new Stretch(LOG, Map.of(0, 10L), Map.of(0, 20L), List.of());
    assertEquals(List.of(anna), feed.publish(ignored).behind());

    assertEquals(20, feed.position().next(0));
    feed.join(anna, MANY);
    publish(event(0, 20, "anna"));
    assertEquals(List.of("0-20"), arguments());
  }
}
