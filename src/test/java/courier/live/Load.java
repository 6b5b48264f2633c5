package courier.live;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.fixture.CourierProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Messages to one recipient in some conversations at a time, each of which counts from 1 on: the
 * ids are {@code NAME-CONVERSATION-NUMBER}, as stock-client.mjs expects.
 */
public final class Load implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final CourierProcess courier;
  private final String name;
  private final String to;
  private final AtomicInteger[] numbers;
  private final String padding;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private ScheduledExecutorService threads;
  private boolean repeating;

  Load(CourierProcess courier, String name, String to, int conversations, int bytes) {
    this.courier = courier;
    this.name = name;
    this.to = to;
    this.padding = "x".repeat(bytes);
    this.numbers =
        IntStream.range(0, conversations)
            .mapToObj(c -> new AtomicInteger())
            .toArray(AtomicInteger[]::new);
  }

  Load(CourierProcess courier, String name, String to, int conversations) {
    this(courier, name, to, conversations, 100);
  }

  /** Sends every fourth message twice from now on. */
  Load repeating() {
    repeating = true;
    return this;
  }

  /** Sends at this rate until it is stopped. */
  void start(int perSecond) {
    threads = Executors.newScheduledThreadPool(numbers.length);
    long period = SECONDS.toMicros(1) * numbers.length / perSecond;
    for (int c = 0; c < numbers.length; c++) {
      int conversation = c;
      threads.scheduleAtFixedRate(
          () -> next(conversation), period * c / numbers.length, period, MICROSECONDS);
    }
  }

  /** Sends so many more in each conversation, as fast as it can, and waits. */
  public void send(int each) {
    threads = Executors.newScheduledThreadPool(numbers.length);
    for (int c = 0; c < numbers.length; c++) {
      int conversation = c;
      threads.execute(() -> IntStream.range(0, each).forEach(i -> next(conversation)));
    }
    stop();
  }

  private void next(int conversation) {
    int number = numbers[conversation].incrementAndGet();
    String from = name + "-" + conversation;
    String message =
        "{\"id\":\"%s-%d\",\"from\":\"%s\",\"to\":\"%s\",\"message\":\"%s\"}"
            .formatted(from, number, from, to, padding);
    if (isAccepted(message)) {
      accepted.incrementAndGet();
    }
    if (repeating && number % 4 == 0) {
      isAccepted(message);
    }
  }

  private boolean isAccepted(String message) {
    try {
      HttpResponse<String> answer = CourierProcess.exchange(courier.post(message), ANSWER);
      if (answer.statusCode() == 202) {
        return true;
      }
      refused.add(answer.statusCode() + " " + answer.body());
    } catch (RuntimeException e) {
      refused.add(e.toString());
    }
    return false;
  }

  /** Waits for the answers that are under way; client A was there all the time, so all are 202. */
  void stop() {
    threads.shutdown();
    await().atMost(Duration.ofMinutes(10)).until(threads::isTerminated);
    assertEquals(0, refused.size(), () -> refused.peek());
  }

  public String name() {
    return name;
  }

  /** How many messages client A took. */
  public int accepted() {
    return accepted.get();
  }

  void awaitAccepted(int messages) {
    await().atMost(Duration.ofMinutes(10)).until(() -> accepted() >= messages);
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
