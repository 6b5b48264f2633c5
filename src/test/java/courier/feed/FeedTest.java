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
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final int MANY = 1_000;
  private static final String LOG = "log";

  private final Cursor start = Cursor.start(LOG).at(0, 10);
  private final Counts counts = new Counts();
  private final Feed feed =
      new Feed(start, (events, clients) -> clients.forEach(client -> client.send(events)), counts);
  private final List<Delivery.Item> sent = new ArrayList<>();

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

  @Test
  void givesAClientThatCatchesUpPositionsWhereItMissesNothing() throws Exception {
    publish(event(0, 10, "anna"), event(1, 0, "anna"), event(0, 11, "anna"));

    join("anna", start.at(1, 1)); // it has the second event already

    Cursor last = start.at(1, 1).after(0, 11);
    assertEquals("0-11 " + last, texts().get(1));
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
  void pushesNothingToWhoHasLeft() throws Exception {
    Subscriber anna = subscriber("anna", start);
    feed.join(anna, MANY);
    feed.leave(anna);

    assertEquals(0, publish(event(0, 10, "anna")));
    assertEquals(List.of(), sent());
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

  private Feed.Next join(String room, Cursor position) {
    return feed.join(subscriber(room, position), MANY);
  }

  private Subscriber subscriber(String room, Cursor position) {
    Subscriber subscriber = new Subscriber(new Kept(), room, counts);
    subscriber.startAt(position);
    return subscriber;
  }

  private int publish(LogEvent... events) {
    return feed.publish(stretch(events)).events();
  }

  private static Stretch stretch(LogEvent... events) {
    return new Stretch(LOG, Map.of(), Map.of(), List.of(events));
  }

  private static Stretch from(long offset, LogEvent event) {
    return new Stretch(LOG, Map.of(0, offset), Map.of(0, event.offset() + 1), List.of(event));
  }

  private static LogEvent event(int partition, long offset, String room) throws Exception {
    return LogEvent.of(partition, offset, room, "newMessage", partition + "-" + offset);
  }

  private List<String> arguments() {
    return sent().stream().map(item -> item.event().argument().replace("\"", "")).toList();
  }

  /** With the positions after them. */
  private List<String> texts() {
    return sent().stream()
        .map(item -> item.event().argument().replace("\"", "") + " " + item.position())
        .toList();
  }

  private List<Delivery.Item> sent() {
    List<Delivery.Item> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  /** A client that takes all at once. */
  private final class Kept implements Client {
    private final UUID id = UUID.randomUUID();

    @Override
    public UUID id() {
      return id;
    }

    @Override
    public Object address() {
      return "here";
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public void admit(String pid, Runnable begin) {
      begin.run();
    }

    @Override
    public void refuse(String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public boolean keepsUp() {
      return true;
    }

    @Override
    public void send(Delivery events) {
      sent.addAll(events.items());
    }

    @Override
    public void whenTaken(Runnable then) {
      then.run();
    }

    @Override
    public void closeAsSlow() {
      throw new AssertionError("it is not slow");
    }
  }
}
