package courier.message;

import java.util.ArrayDeque;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.bson.Document;

/**
 * Finds where in each partition of a log the messages of a recipient begin that were created when
 * one of them was, or later. It asks for one message at a time and halves the offsets that are
 * left, as they are in the order in which messages were created but for a few: that takes some
 * twenty looks into an index, however many messages there are.
 */
public final class PositionSearch {
  /** How many offsets apart messages may be in another order than they were created in. */
  private static final long UNORDERED = 1_000;

  private final Date since;
  private final Map<Integer, Long> position = new HashMap<>();
  private final Queue<Map.Entry<Integer, Long>> left;
  private long low;
  private long high;
  private boolean looksBack;

  /**
   * @param next for each partition the offset before which all is stored
   */
  PositionSearch(Date since, Map<Integer, Long> next) {
    this.since = since;
    this.left = new ArrayDeque<>(next.entrySet());
    begin();
  }

  private void begin() {
    low = 0;
    high = left.isEmpty() ? 0 : left.element().getValue();
    looksBack = false;
    if (!left.isEmpty() && high == 0) {
      end(0);
    }
  }

  private void end(long offset) {
    position.put(left.remove().getKey(), offset);
    begin();
  }

  /** Whether it has to ask for one more message. */
  public boolean isOpen() {
    return !left.isEmpty();
  }

  int partition() {
    return left.element().getKey();
  }

  /** From which offset on the message is to be, which is the first one. */
  long from() {
    return looksBack ? Math.max(0, low - UNORDERED) : (low + high) / 2;
  }

  /** The offset before which it is to be. */
  long until() {
    return looksBack ? low : high;
  }

  /** What else is to be true of it. */
  Document criteria() {
    return looksBack ? new Document("createdAt", new Document("$gte", since)) : new Document();
  }

  /**
   * @param message null when there is none
   */
  void found(Document message) {
    if (looksBack) {
      end(message == null ? low : offset(message));
      return;
    }
    if (message == null || !message.getDate("createdAt").before(since)) {
      high = (low + high) / 2;
    } else {
      low = offset(message) + 1;
    }
    looksBack = low >= high;
  }

  private static long offset(Document message) {
    return message.get("offset", Number.class).longValue();
  }

  /** For each partition where the messages begin. */
  Map<Integer, Long> position() {
    return position;
  }
}
