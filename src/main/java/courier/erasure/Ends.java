package courier.erasure;

import courier.kafka.Kafka;
import courier.kafka.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.bson.Document;

/**
 * Up to where topics were written when an erasure was asked for: {@code [{topic, id, next: [offset
 * of each partition]}]}. By places and not by times, so that nobody's clock decides what is gone.
 */
final class Ends {
  private final List<Document> topics;

  Ends(List<Document> topics) {
    this.topics = topics;
  }

  static Ends now(Kafka kafka, Collection<String> names)
      throws ExecutionException, InterruptedException {
    List<Document> topics = new ArrayList<>();
    for (String name : names) {
      try {
        var ends = kafka.ends(name);
        List<Long> next = new ArrayList<>();
        for (int partition = 0; partition < ends.size(); partition++) {
          next.add(ends.get(new TopicPartition(name, partition)));
        }
        topics.add(
            new Document("topic", name)
                .append("id", kafka.topicId(name).get().toString())
                .append("next", next));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return new Ends(topics);
  }

  List<Document> topics() {
    return topics;
  }

  /** Whether a record was there already; of a topic that was made again since, it was not. */
  boolean cover(Place place) {
    return place != null
        && topics.stream()
            .filter(topic -> topic.get("topic").equals(place.topic()))
            .filter(topic -> place.topicId() == null || topic.get("id").equals(place.topicId()))
            .anyMatch(topic -> place.offset() < next(topic, place.partition()));
  }

  /** The same by an id, of a topic whose name is not known. */
  boolean areBefore(String topicId, int partition, long offset) {
    return topics.stream()
        .filter(topic -> topic.get("id").equals(topicId))
        .anyMatch(topic -> offset >= next(topic, partition));
  }

  static long next(Document topic, int partition) {
    List<?> next = topic.getList("next", Object.class);
    return partition < next.size() ? ((Number) next.get(partition)).longValue() : 0;
  }
}
