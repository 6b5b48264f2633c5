package courier;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Sends all the time, one conversation a thread, and remembers the answers. */
final class Sender implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PERIOD_MILLIS = 20;

  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final CourierProcess courier;
  private final ScheduledExecutorService threads;

  Sender(CourierProcess courier, String... names) {
    this.courier = courier;
    threads = Executors.newScheduledThreadPool(names.length);
    for (String name : names) {
      threads.scheduleAtFixedRate(new Conversation(name), 0, PERIOD_MILLIS, MILLISECONDS);
    }
  }

  /** The ids of the messages that were accepted. */
  List<String> accepted() {
    return List.copyOf(accepted);
  }

  /** What was answered otherwise. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private final class Conversation implements Runnable {
    private final String from;
    private int count;

    Conversation(String from) {
      this.from = from;
    }

    @Override
    public void run() {
      try {
        HttpResponse<String> answer =
            courier.send(
                "{\"from\":\"%s\",\"to\":\"clientB\",\"message\":\"%d\"}".formatted(from, count++));
        if (answer.statusCode() == 202) {
          accepted.add(JSON.readTree(answer.body()).path("id").textValue());
        } else {
          refused.add(answer.statusCode() + " " + answer.body());
        }
      } catch (IOException | RuntimeException e) {
        if (!threads.isShutdown()) {
          refused.add(e.toString());
        }
      }
    }
  }
}
