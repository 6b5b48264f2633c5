package courier.conversation;

import com.mongodb.client.FindIterable;
import courier.http.Refusal;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Until when MongoDB may look for an answer. */
final class Deadline {
  private final long at;

  Deadline(long seconds) {
    at = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  /** A query that takes no longer. */
  FindIterable<Document> limit(FindIterable<Document> query) {
    return query.maxTime(check(), TimeUnit.MILLISECONDS);
  }

  /**
   * How many milliseconds are left.
   *
   * @throws Refusal 503 when there are none
   */
  long check() {
    long left = TimeUnit.NANOSECONDS.toMillis(at - System.nanoTime());
    if (left <= 0) {
      throw over();
    }
    return left;
  }

  static Refusal over() {
    return new Refusal(503, "It took too long to look through the messages. Ask again later.");
  }
}
