package courier.kafka.consumer;

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

  /** What is done with, and of which Kafka has not said yet that it is committed. */
  private final Map<TopicPartition, Span> committing = new HashMap<>();

  /** From where on what was given back has to come again. */
  private final Map<TopicPartition, Long> again = new HashMap<>();

  private record Span(long next, long end) {
    /** What is left of it; null when nothing is. */
    Span from(long committed) {
      return committed < end ? new Span(Math.max(next, committed), end) : null;
    }

    Span with(Span other) {
      return new Span(Math.min(next, other.next), Math.max(end, other.end));
    }
  }

  void add(ConsumerRecords<Object, Object> records) {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<Object, Object>> polled = records.records(partition);
      long end = polled.get(polled.size() - 1).offset() + 1;
      open.put(partition, new Span(polled.get(0).offset(), end));
    }
  }

  /** It is going to be committed: these are the offsets that come next. */
  void commits(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          Span span = open.get(partition);
          if (span != null && span.next() < offset.offset()) {
            committing.merge(partition, new Span(span.next(), offset.offset()), Span::with);
            open.computeIfPresent(partition, (same, polled) -> polled.from(offset.offset()));
          }
        });
  }

  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (Map<TopicPartition, Span> spans : List.of(open, committing)) {
      offsets.forEach(
          (partition, offset) ->
              spans.computeIfPresent(partition, (same, span) -> span.from(offset.offset())));
    }
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

  /** Whether all of it is done with, committed or about to be. */
  boolean isDone() {
    return open.isEmpty();
  }

  /** What has to be committed of these partitions for all that is done with to be. */
  Map<TopicPartition, OffsetAndMetadata> uncommitted(Set<TopicPartition> assigned) {
    committing.keySet().retainAll(assigned);
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    committing.forEach(
        (partition, span) -> offsets.put(partition, new OffsetAndMetadata(span.end())));
    return offsets;
  }

  /** Where each partition has to begin again; after this nothing is open. */
  Map<TopicPartition, Long> giveBack() {
    Map<TopicPartition, Long> next = new HashMap<>();
    open.forEach((partition, span) -> next.put(partition, span.next()));
    open.clear();
    again.putAll(next);
    return next;
  }

  /** The same of what could not be committed, too. */
  Map<TopicPartition, Long> giveBackUncommitted() {
    committing.forEach((partition, span) -> open.merge(partition, span, Span::with));
    committing.clear();
    return giveBack();
  }
}
