package courier;

import static java.util.Collections.reverse;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import courier.socketio.SocketioClient;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.json.JSONObject;

/**
 * Load as of senders that keep their promises: each sends client B the numbers from 1 on, the next
 * one when the last was answered 202, and the same one, with the same id, until it is.
 */
final class Conversations implements AutoCloseable {
  private static final int SENDERS = 4;
  private static final int PAUSE_MILLIS = 20;

  private final CourierProcess courier;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(SENDERS);
  private final List<Conversation> conversations;
  private final Set<String> refusals = new ConcurrentSkipListSet<>();
  private volatile boolean ending;

  Conversations(CourierProcess courier, String name) {
    this.courier = courier;
    conversations =
        IntStream.rangeClosed(1, SENDERS)
            .mapToObj(i -> new Conversation(name + "-" + i))
            .peek(c -> threads.scheduleWithFixedDelay(c, 0, PAUSE_MILLIS, MILLISECONDS))
            .toList();
  }

  private final class Conversation implements Runnable {
    private final String from;
    private volatile int sent;
    private volatile int acknowledged;

    Conversation(String from) {
      this.from = from;
    }

    @Override
    public void run() {
      if (sent > acknowledged) {
        send();
      } else if (!ending) {
        sent = acknowledged + 1;
        send();
      }
    }

    private void send() {
      try {
        HttpResponse<String> answer = courier.send(message(from + "-" + sent, from, sent));
        if (answer.statusCode() == 202) {
          acknowledged = sent;
        } else if (answer.statusCode() != 503) {
          refusals.add(answer.statusCode() + " " + answer.body());
        }
      } catch (UncheckedIOException e) {
        // nobody there; once more
      }
    }
  }

  private static String message(String id, String from, int number) {
    return "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"clientB\",\"message\":\"%d\"}"
        .formatted(id, from, number);
  }

  /** Waits until each sender was answered 202 that many more times. */
  void awaitMore(int messages) {
    List<Integer> wanted =
        conversations.stream().map(conversation -> conversation.acknowledged + messages).toList();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                IntStream.range(0, SENDERS)
                    .allMatch(i -> conversations.get(i).acknowledged >= wanted.get(i)));
  }

  /** Lets each sender get the last 202 it waits for, then waits until all is stored. */
  void end() {
    ending = true;
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> conversations.stream().allMatch(c -> c.acknowledged == c.sent));
    threads.shutdown();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> stored().containsAll(ids()));
  }

  private Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    for (Conversation c : conversations) {
      IntStream.rangeClosed(1, c.acknowledged).forEach(number -> ids.add(c.from + "-" + number));
    }
    return ids;
  }

  private Set<String> stored() {
    Set<String> ids = new TreeSet<>();
    Json.of(courier.get(courier.clientB() + "/messages"))
        .forEach(message -> ids.add(message.get("_id").textValue()));
    return ids;
  }

  /** What was answered 202 is stored, once, in the order in which it was sent. */
  void assertStoredOnceInOrder() {
    List<Map.Entry<String, String>> stored = new ArrayList<>();
    Json.of(courier.get(courier.clientB() + "/messages"))
        .forEach(m -> stored.add(Map.entry(m.get("from").textValue(), m.get("message").asText())));
    reverse(stored);
    assertOnceInOrder(stored);
  }

  /** The same of what a client was pushed that was connected all the time. */
  void assertPushedOnceInOrder(SocketioClient client) {
    await()
        .untilAsserted(
            () ->
                assertOnceInOrder(
                    client.received.stream()
                        .map(JSONObject.class::cast)
                        .map(
                            event -> Map.entry(event.optString("from"), event.optString("message")))
                        .toList()));
  }

  private void assertOnceInOrder(List<Map.Entry<String, String>> messages) {
    for (Conversation conversation : conversations) {
      assertIterableEquals(
          IntStream.rangeClosed(1, conversation.sent).boxed().toList(),
          messages.stream()
              .filter(message -> message.getKey().equals(conversation.from))
              .map(message -> Integer.valueOf(message.getValue()))
              .toList(),
          conversation.from);
    }
  }

  /** Whatever failed meanwhile, a sender was told to try again (503), and nothing else. */
  void assertNoneRefused() {
    assertEquals(Set.of(), refusals);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
