package courier.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;

/**
 * The batches of a consumer, one after the other: each begins in a partition where the one before
 * ended, as there may be offsets between that are no records.
 */
public final class Batches {
  private final Map<Integer, Long> ends = new HashMap<>();
  private String assignment;

  /**
   * @param records the body the batching consumer started the route with, of one topic; not none
   */
  public Reach reach(List<Exchange> records) {
    Map<Integer, Long> from = new TreeMap<>();
    Map<Integer, Long> next = new TreeMap<>();
    Place last = null;
    for (Exchange record : records) {
      Place place = Place.of(record.getMessage());
      last = place;
      from.putIfAbsent(place.partition(), place.offset());
      next.put(place.partition(), place.offset() + 1);
    }
    forgetUnlessSame(last.topicId(), records);
    from.replaceAll((partition, first) -> Math.min(first, ends.getOrDefault(partition, first)));
    ends.putAll(next);
    return new Reach(last.topic(), last.topicId(), from, next);
  }

  /** A partition may have been somebody else's meanwhile, or be one of another topic. */
  private void forgetUnlessSame(String topicId, List<Exchange> records) {
    String now = topicId + generation(records);
    if (!now.equals(assignment)) {
      ends.clear();
      assignment = now;
    }
  }

  /** Another one after each rebalance of the consumer's group. */
  private static String generation(List<Exchange> records) {
    var commit =
        records
            .get(0)
            .getMessage()
            .getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
    return commit == null
        ? ""
        : commit.getCamelExchangePayload().consumer.groupMetadata().toString();
  }
}
