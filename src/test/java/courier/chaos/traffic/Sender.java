package courier.chaos.traffic;

import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import courier.fixture.CourierProcess;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A sender that keeps its promise: the next number when the last one was answered 202, and the same
 * one, with the same id, until it is.
 */
public final class Sender implements Runnable {
  /** Client A answers within 5 s, if it runs. */
  private static final Duration ANSWER = Duration.ofSeconds(8);

  private final CourierProcess courier;
  private final String name;
  private final Ledger ledger;
  private volatile int sent;
  private volatile int accepted;
  private volatile boolean ending;

  public Sender(CourierProcess courier, String name, Ledger ledger) {
    this.courier = courier;
    this.name = name;
    this.ledger = ledger;
  }

  /** Sends once. */
  @Override
  public void run() {
    if (sent > accepted) {
      send();
    } else if (!ending) {
      sent = accepted + 1;
      send();
    }
  }

  private void send() {
    if (attempt() == 202) {
      accepted = sent;
    }
  }

  /** Sends the last one again, though it was accepted. */
  public void repeat() {
    attempt();
  }

  private int attempt() {
    String id = name + "-" + sent;
    String message =
        "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"clientB\",\"message\":\"%s\"}"
            .formatted(id, name, id);
    ledger.write(name, What.INVOKED, id, null);
    try {
      HttpResponse<String> answer = CourierProcess.exchange(courier.post(message), ANSWER);
      int status = answer.statusCode();
      ledger.write(name, status == 202 ? What.ACCEPTED : What.UNKNOWN, id, "" + status);
      return status;
    } catch (UncheckedIOException e) {
      ledger.write(name, What.UNKNOWN, id, e.getCause().toString());
      return 0;
    }
  }

  public int accepted() {
    return accepted;
  }

  /** No new numbers. */
  void end() {
    ending = true;
  }

  boolean isDone() {
    return ending && accepted == sent;
  }
}
