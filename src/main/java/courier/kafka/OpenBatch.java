package courier.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What polls have brought, and is not committed. */
final class OpenBatch {
  private final Map<TopicPartition, Span> open = new HashMap<>();

  /** From where on what was given back has to come again. */
  private final Map<TopicPartition, Long> again = new HashMap<>();

  private record Span(long next, long end) {
    /** What is left of it; null when nothing is. */
    Span from(long committed) {
      return committed < end ? new Span(Math.max(next, committed), end) : null;
    }
  }

  void add(ConsumerRecords<Object, Object> records) {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<Object, Object>> polled = records.records(partition);
      long end = polled.get(polled.size() - 1).offset() + 1;
      open.put(partition, new Span(polled.get(0).offset(), end));
    }
  }

  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) ->
            open.computeIfPresent(partition, (same, span) -> span.from(offset.offset())));
    again
        .entrySet()
        .removeIf(
            given ->
                offsets.containsKey(given.getKey())
                    && offsets.get(given.getKey()).offset() > given.getValue());
  }

  /** Whether something that was given back has not been committed since. */
  boolean isBehind(Set<TopicPartition> assigned) {
    again.keySet().retainAll(assigned);
    return !again.isEmpty();
  }

  /** What was given back will not come again. */
  void forgetBehind() {
    again.clear();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Where each partition has to begin again; after this nothing is open. */
  Map<TopicPartition, Long> giveBack() {
    Map<TopicPartition, Long> next = new HashMap<>();
    open.forEach((partition, span) -> next.put(partition, span.next()));
    open.clear();
    again.putAll(next);
    return next;
  }
}
