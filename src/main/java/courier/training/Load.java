package courier.training;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Who uses Courier all at once: senders, readers at both ends of a socket, and the operator. */
final class Load {
  private static final int SENDERS = 16;
  private static final Duration START = Duration.ofMinutes(3);
  private static final int READY = 200;

  private static final int PAUSE_MILLIS = 200;

  private final Trainee trainee;
  private final Addresses addresses;
  private final Requests requests;

  private Load(Trainee trainee) {
    this.trainee = trainee;
    addresses = trainee.addresses();
    requests = new Requests(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  /**
   * Waits until Courier is ready, and is its load for so long.
   *
   * @return what the load was, in words
   */
  static String on(Trainee trainee, Duration time) throws IOException, InterruptedException {
    Load load = new Load(trainee);
    load.awaitReady();
    return load.runFor(time);
  }

  private void awaitReady() throws InterruptedException {
    long latest = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      trainee.requireAlive();
      if (System.nanoTime() > latest) {
        throw new IllegalStateException("Courier is not ready:\n" + trainee.lastLines());
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return requests.get(addresses.managementA("/observe/health/ready")).statusCode() == READY
          && requests.get(addresses.managementB("/observe/health/ready")).statusCode() == READY;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  private String runFor(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    Operator operator = new Operator(addresses);
    Talk talk = new Talk(addresses);
    List<Callable<Void>> users = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      users.add(again(new Sender(addresses, requests, "sender-" + i), end));
    }
    users.add(again(operator, end));
    users.add(again(talk, end));
    ExecutorService threads = Executors.newFixedThreadPool(users.size());
    try {
      for (Future<Void> user : threads.invokeAll(users)) {
        user.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    trainee.requireAlive();
    return "%d requests, %d messages pushed and %d dead letters replayed"
        .formatted(requests.count() + operator.requests(), talk.pushed(), operator.replayed());
  }

  /** Whoever gets no answer tries it again: routes need not be those that it was written for. */
  private static Callable<Void> again(User user, long end) {
    return () -> {
      while (System.nanoTime() < end) {
        try {
          user.act();
        } catch (IOException | CompletionException e) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
      return null;
    };
  }

  /** Does what it does, once. */
  interface User {
    void act() throws IOException, InterruptedException;
  }
}
