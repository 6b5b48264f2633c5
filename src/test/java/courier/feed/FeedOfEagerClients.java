package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.LogEvent;
import courier.feed.log.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A feed whose clients take all at once, and what they were sent. */
abstract class FeedOfEagerClients {
  static final int MANY = 1_000;
  static final String LOG = "log";

  final Cursor start = Cursor.start(LOG).at(0, 10);
  private final Counts counts = new Counts();
  final Feed feed =
      new Feed(start, (events, clients) -> clients.forEach(client -> client.send(events)), counts);
  private final List<Delivery.Item> sent = new ArrayList<>();

  Feed.Next join(String room, Cursor position) {
    return feed.join(subscriber(room, position), MANY);
  }

  Subscriber subscriber(String room, Cursor position) {
    Subscriber subscriber = new Subscriber(new Kept(), room, counts);
    subscriber.startAt(position);
    return subscriber;
  }

  int publish(LogEvent... events) {
    return feed.publish(stretch(events)).events();
  }

  static Stretch stretch(LogEvent... events) {
    return new Stretch(LOG, Map.of(), Map.of(), List.of(events));
  }

  static Stretch from(long offset, LogEvent event) {
    return new Stretch(LOG, Map.of(0, offset), Map.of(0, event.offset() + 1), List.of(event));
  }

  static LogEvent event(int partition, long offset, String room) throws Exception {
    return LogEvent.of(partition, offset, room, "newMessage", partition + "-" + offset);
  }

  List<String> arguments() {
    return sent().stream().map(item -> item.event().argument().replace("\"", "")).toList();
  }

  /** With the positions after them. */
  List<String> texts() {
    return sent().stream()
        .map(item -> item.event().argument().replace("\"", "") + " " + item.position())
        .toList();
  }

  List<Delivery.Item> sent() {
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
