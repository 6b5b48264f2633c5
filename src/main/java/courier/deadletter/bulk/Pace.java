package courier.deadletter.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How fast a bulk replay may go: at its rate, and never far ahead of what is known to have come of
 * it, so that a hopeless one is noticed before all of it has failed again.
 */
final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int rate;
  private final int unknownAtFirst;
  private final List<RecordMetadata> inFlight = new ArrayList<>();
  private long ranAt;
  private long handled;

  /**
   * @param rate in a second
   * @param unknownAtFirst how many may be on their way before the first is handled; as many more as
   *     were handled may be later
   */
  Pace(int rate, int unknownAtFirst) {
    this.rate = rate;
    this.unknownAtFirst = unknownAtFirst;
    ranAt = System.nanoTime() - SECOND;
  }

  /** One more is on its way, to a topic that is read here. */
  synchronized void sent(RecordMetadata record) {
    inFlight.add(record);
  }

  /**
   * How many are due now.
   *
   * @param read up to where the group that handles them has read
   */
  synchronized int due(Map<TopicPartition, OffsetAndMetadata> read) {
    int before = inFlight.size();
    inFlight.removeIf(record -> isRead(record, read));
    handled += before - inFlight.size();
    long now = System.nanoTime();
    long due =
        Math.min(
            rate * Math.min(now - ranAt, SECOND) / SECOND,
            unknownAtFirst + handled - inFlight.size());
    if (due <= 0) {
      return 0;
    }
    ranAt = now;
    return (int) due;
  }

  private static boolean isRead(
      RecordMetadata record, Map<TopicPartition, OffsetAndMetadata> read) {
    OffsetAndMetadata position = read.get(new TopicPartition(record.topic(), record.partition()));
    return position != null && position.offset() > record.offset();
  }
}
