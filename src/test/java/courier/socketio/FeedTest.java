package courier.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final int MANY = 1_000;

  private final Cursor start = Cursor.start(1).at(0, 10);
  private final Feed feed = new Feed(start);
  private final EmbeddedChannel socket = new EmbeddedChannel();

  @Test
  void pushesToTheRoomOfAnEventWithThePositionAfterIt() throws Exception {
    join("anna", start);

    assertEquals(1, feed.publish(List.of(event(0, 10, "bert"), event(1, 4, "anna"))));

    Cursor after = start.at(0, 11).after(1, 4);
    assertEquals(List.of("42[\"newMessage\",\"1-4\",\"" + after + "\"]"), sent());
  }

  @Test
  void pushesNothingTwice() throws Exception {
    join("anna", start);
    feed.publish(List.of(event(0, 10, "anna"), event(0, 11, "anna")));
    sent();

    assertEquals(0, feed.publish(List.of(event(0, 9, "anna"), event(0, 11, "anna"))));
    assertEquals(List.of(), sent());
  }

  @Test
  void sendsWhatWasMissedAMomentAgoAndThenWhatComes() throws Exception {
    feed.publish(List.of(event(0, 10, "anna"), event(0, 11, "anna"), event(0, 12, "bert")));

    assertEquals(Feed.Next.NOTHING, join("anna", start.after(0, 10)));
    feed.publish(List.of(event(0, 13, "anna")));

    assertEquals(List.of("0-11", "0-13"), arguments());
  }

  @Test
  void sendsNoMoreThanTheLimitAtATime() throws Exception {
    feed.publish(List.of(event(0, 10, "anna"), event(0, 11, "anna"), event(1, 0, "anna")));
    Subscriber anna = new Subscriber(null, socket, "anna", new Recovery.Start(start, null));

    assertEquals(Feed.Next.MORE, feed.join(anna, 2));
    assertEquals(Feed.Next.NOTHING, feed.join(anna, 2));

    assertEquals(List.of("0-10", "0-11", "1-0"), arguments());
  }

  @Test
  void hasTheStoreAskedForWhatIsOlderThanTheLastEvents() {
    assertEquals(Feed.Next.STORE, join("anna", Cursor.start(1).at(0, 9)));
    assertTrue(feed.remembers(start));
    assertFalse(feed.remembers(Cursor.start(1).at(0, 9)));
  }

  @Test
  void letsAClientWaitThatWasAtAnInstanceThatIsAhead() throws Exception {
    Subscriber anna =
        new Subscriber(null, socket, "anna", new Recovery.Start(start.after(0, 11), null));
    assertEquals(Feed.Next.WAIT, feed.join(anna, MANY));

    feed.publish(List.of(event(0, 10, "anna"), event(0, 11, "anna"), event(0, 12, "anna")));
    assertEquals(Feed.Next.NOTHING, feed.join(anna, MANY));

    assertEquals(List.of("0-12"), arguments());
  }

  @Test
  void givesAClientThatCatchesUpPositionsWhereItMissesNothing() throws Exception {
    feed.publish(List.of(event(0, 10, "anna"), event(1, 0, "anna"), event(0, 11, "anna")));

    join("anna", start.at(1, 1)); // it has the second event already

    Cursor last = start.at(1, 1).after(0, 11);
    assertTrue(sent().get(1).endsWith("\"" + last + "\"]"));
  }

  @Test
  void letsClientsCatchUpWithAGap() throws Exception {
    join("anna", start);
    feed.publish(List.of(event(0, 10, "anna")));

    List<Subscriber> behind = feed.skipTo(start.at(0, 500));
    feed.publish(List.of(event(0, 500, "anna")));

    assertEquals(List.of("0-10"), arguments());
    assertEquals(11, behind.get(0).position().next(0));
    assertEquals(Feed.Next.STORE, feed.join(behind.get(0), MANY));
  }

  @Test
  void pushesNothingToWhoHasLeft() throws Exception {
    Subscriber anna = new Subscriber(null, socket, "anna", new Recovery.Start(start, null));
    feed.join(anna, MANY);
    feed.leave(anna);

    assertEquals(0, feed.publish(List.of(event(0, 10, "anna"))));
    assertEquals(List.of(), sent());
  }

  @Test
  void remembersOnlySoMuch() throws Exception {
    String large = "x".repeat(1_000_000);
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.add(LogEvent.of(0, 10 + i, "anna", "newMessage", large));
    }
    feed.publish(events);

    assertFalse(feed.remembers(start));
    assertTrue(feed.remembers(start.at(0, 25)));
  }

  private Feed.Next join(String room, Cursor position) {
    return feed.join(new Subscriber(null, socket, room, new Recovery.Start(position, null)), MANY);
  }

  private static LogEvent event(int partition, long offset, String room) throws Exception {
    return LogEvent.of(partition, offset, room, "newMessage", partition + "-" + offset);
  }

  private List<String> arguments() {
    return sent().stream().map(packet -> packet.split("\"")[3]).toList();
  }

  /** The texts of the frames that were written; each has a header of two bytes here. */
  private List<String> sent() {
    socket.runPendingTasks();
    List<String> texts = new ArrayList<>();
    for (ByteBuf frames; (frames = socket.readOutbound()) != null; frames.release()) {
      while (frames.isReadable()) {
        assertEquals(0x81, frames.readUnsignedByte());
        texts.add(frames.readCharSequence(frames.readUnsignedByte(), UTF_8).toString());
      }
    }
    return texts;
  }
}
