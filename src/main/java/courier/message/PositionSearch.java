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
 * left, as they are in the order in which messages were created but for a few, and goes through the
 * last ones: some fifteen looks into an index for a million messages.
 */
public final class PositionSearch {
  /** How many offsets apart messages may be in another order than they were created in. */
  private static final long UNORDERED = 250;

  private final Date since;
  private final Map<Integer, Long> position = new HashMap<>();
  private final Queue<Map.Entry<Integer, Long>> left;
  private long low;
  private long high;

  /**
   * @param next for each partition the offset before which all is stored
   */
  PositionSearch(Date since, Map<Integer, Long> next) {
    this.since = since;
    this.left = new ArrayDeque<>(next.entrySet());
    begin();
  }

  private void begin() {
    while (!left.isEmpty() && left.element().getValue() == 0) {
      position.put(left.remove().getKey(), 0L);
    }
    low = 0;
    high = left.isEmpty() ? 0 : left.element().getValue();
  }

  private void end(long offset) {
    position.put(left.remove().getKey(), offset);
    begin();
  }

  private boolean isLastLook() {
    return high - low <= UNORDERED;
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
    return isLastLook() ? Math.max(0, low - UNORDERED) : (low + high) / 2;
  }

  /** The offset before which it is to be. */
  long until() {
    return high;
  }

  /** What else is to be true of it. */
  Document criteria() {
    return isLastLook() ? new Document("createdAt", new Document("$gte", since)) : new Document();
  }

  /**
   * @param message null when there is none
   */
  void found(Document message) {
    if (isLastLook()) {
      end(message == null ? high : offset(message));
    } else if (message == null || !message.getDate("createdAt").before(since)) {
      high = (low + high) / 2;
    } else {
      low = offset(message) + 1;
    }
  }

  private static long offset(Document message) {
    return message.get("offset", Number.class).longValue();
  }

  /** For each partition where the messages begin. */
  Map<Integer, Long> position() {
    return position;
  }
}
