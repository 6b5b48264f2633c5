package courier.message;

import courier.failure.PoisonException;
import courier.kafka.Place;
import courier.message.refused.InvalidMemberException;
import courier.message.refused.Shown;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/** The headers by which a record that was sent again tells which one it was at first. */
public final class Replayed {
  public static final String PREFIX = "dead-letter-replay-";

  /** The dead letter it is. */
  public static final String ID = PREFIX + "id";

  /** What nobody can guess, by which it is known which replay it is. */
  public static final String CLAIM = PREFIX + "claim";

  /** Its place: {@code topic-partition-offset}. */
  public static final String RECORD = PREFIX + "record";

  /** Its timestamp, in milliseconds since 1970. */
  public static final String TIMESTAMP = PREFIX + "timestamp";

  private Replayed() {}

  static String record(Message record) {
    String first = record.getHeader(RECORD, String.class);
    return first == null ? Place.of(record).toString() : first;
  }

  static long timestamp(Message record) throws PoisonException {
    String first = record.getHeader(TIMESTAMP, String.class);
    try {
      return first == null
          ? record.getHeader(KafkaConstants.TIMESTAMP, Long.class)
          : Long.parseLong(first);
    } catch (NumberFormatException e) {
      throw new InvalidMemberException(
          "the header %s is no number: %s".formatted(TIMESTAMP, Shown.of(first)));
    }
  }
}
